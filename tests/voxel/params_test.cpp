#include <cmath>
#include <limits>

#include "catch.h"
#include "voxel/channels.h"
#include "voxel/image_params.h"
#include "voxel/radii.h"

using mmgym::ChannelMap;
using mmgym::Element;
using mmgym::find_element;
using mmgym::OtherElements;
using mmgym::testing::contains;

namespace {

Element element(const char* symbol) { return find_element(symbol).value(); }

}  // namespace

TEST_CASE("Unknown fills and aggregates are refused with the list of names") {
  for (const char* name : {"fraction-atom", "fraction-voxel", "overlap-A3", "nearest", "gaussian"})
    CHECK(name_of(mmgym::value_named<mmgym::Fill>(name)) == name);
  for (const char* name : {"sum", "max"})
    CHECK(name_of(mmgym::value_named<mmgym::Aggregate>(name)) == name);
  CHECK_THROWS_WITH(mmgym::value_named<mmgym::Fill>("fraction"),
                    contains("fraction-atom, fraction-voxel, overlap"));
  CHECK_THROWS_WITH(mmgym::value_named<mmgym::Aggregate>("mean"), contains("sum, max"));
}

TEST_CASE("Invalid image parameters are refused") {
  const mmgym::ImageParams good{{24, 1.0}, 8};
  CHECK_NOTHROW(check(good));
  for (const int length : {0, -1, 1025}) {
    auto bad = good;
    bad.grid.length_voxels = length;
    CHECK_THROWS_WITH(check(bad), contains("voxels along its edge"));
  }
  for (const double resolution : {0.0, -1.0, std::nan(""), 1e-300, 1e300}) {
    auto bad = good;
    bad.grid.resolution_A = resolution;
    CHECK_THROWS_WITH(check(bad), contains("resolution"));
  }
  for (const int channels : {0, 33}) {
    auto bad = good;
    bad.channels = channels;
    CHECK_THROWS_WITH(check(bad), contains("channels"));
  }
  auto bad = good;
  bad.grid.center_A.y() = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH(check(bad), contains("center"));
}

TEST_CASE("The center of a grid is in the middle, for even and odd edges") {
  const mmgym::Grid even{24, 1.0, {1, 2, 3}};
  CHECK(even.low_corner_A() == Eigen::Vector3d(-11, -10, -9));
  CHECK(even.voxel_center_A(12, 12, 12) == Eigen::Vector3d(1.5, 2.5, 3.5));
  const mmgym::Grid odd{21, 0.75};
  CHECK(odd.edge_A() == 15.75);
  CHECK(odd.voxel_center_A(10, 10, 10) == Eigen::Vector3d::Zero());
  CHECK(odd.offset(1, 2, 3, 4) == ((1 * 21 + 2) * 21 + 3) * 21 + 4);
}

TEST_CASE("Channels are the groups of the text, in order") {
  const ChannelMap map("C | n|O|S,SE|*|C,N");
  CHECK(map.channels() == 6);
  CHECK(map.mask(element("C"), true) == 0b100001U);
  CHECK(map.mask(element("N"), true) == 0b100010U);
  CHECK(map.mask(element("SE"), false) == 0b001000U);
  CHECK(map.mask(element("FE"), true) == 0b010000U);
  CHECK(map.mask(mmgym::kUnknownElement, true) == 0b010000U);
}

TEST_CASE("Atoms outside polymers are in the ligand channel and their element's channel") {
  const ChannelMap map("C|N", true);
  CHECK(map.channels() == 3);
  CHECK(map.mask(element("C"), true) == 0b001U);
  CHECK(map.mask(element("C"), false) == 0b101U);
  CHECK(map.mask(element("ZN"), false) == 0b100U);
  CHECK(map.mask(element("ZN"), true) == 0U);
}

TEST_CASE("Invalid channels are refused with the place and the reason") {
  CHECK_THROWS_WITH(ChannelMap(""), contains("channel 1 has no element"));
  CHECK_THROWS_WITH(ChannelMap("C||O"), contains("channel 2 has no element"));
  CHECK_THROWS_WITH(ChannelMap("C|S,"), contains("channel 2 has no element"));
  CHECK_THROWS_WITH(ChannelMap("C|Qq"), contains("channel 2 has 'Qq'"));
  CHECK_THROWS_WITH(ChannelMap("C|S,s"), contains("channel 2 names s twice"));
  std::string many = "C";
  for (int i = 1; i < 32; ++i) many += "|C";
  CHECK(ChannelMap(many).channels() == 32);
  CHECK_THROWS_WITH(ChannelMap(many, true), contains("channels with the ligand channel"));
  CHECK_THROWS_WITH(ChannelMap(many + "|C"), contains("more than 32"));
}

TEST_CASE("Elements without a channel are listed once or dropped") {
  const ChannelMap map("C|N");
  const std::vector<Element> elements = {element("ZN"), element("C"), element("FE"), element("ZN")};
  const std::vector<std::uint8_t> is_polymer(4, 1);
  std::vector<std::uint32_t> masks(4);
  CHECK_THROWS_WITH(map.assign(elements, is_polymer, OtherElements::error, masks),
                    contains("no channel for FE, ZN;"));
  map.assign(elements, is_polymer, OtherElements::drop, masks);
  CHECK(masks == std::vector<std::uint32_t>{0, 1, 0, 0});
  const std::vector<Element> known = {element("C"), element("N")};
  std::vector<std::uint32_t> both(2);
  map.assign(known, std::vector<std::uint8_t>(2, 1), OtherElements::error, both);
  CHECK(both == std::vector<std::uint32_t>{1, 2});
  CHECK_THROWS_AS(map.assign(known, is_polymer, OtherElements::drop, both), std::invalid_argument);
}

TEST_CASE("Radii are Bondi's van der Waals radii or the given length") {
  CHECK(mmgym::van_der_waals_radius_A(element("C")) == 1.70F);
  CHECK(mmgym::van_der_waals_radius_A(element("N")) == 1.55F);
  CHECK(mmgym::van_der_waals_radius_A(element("O")) == 1.52F);
  CHECK(mmgym::van_der_waals_radius_A(element("S")) == 1.80F);
  CHECK(mmgym::van_der_waals_radius_A(element("SE")) == 1.90F);
  CHECK(mmgym::van_der_waals_radius_A(element("FE")) == 2.00F);
  CHECK(mmgym::van_der_waals_radius_A(255) == 2.00F);
  CHECK(mmgym::AtomRadius().largest_A(0.75) == 0.375);
  CHECK(mmgym::AtomRadius::parse("0.5").largest_A(0.75) == 0.5);
  const mmgym::AtomRadius van_der_waals = mmgym::AtomRadius::parse("vdw");
  CHECK(van_der_waals.van_der_waals);
  for (int i = 0; i < 256; ++i)
    CHECK(mmgym::van_der_waals_radius_A(static_cast<Element>(i)) <= van_der_waals.largest_A(0.75));
  CHECK(van_der_waals.largest_A(0.75) == Approx(3.48));  // francium
  for (const char* bad : {"", "0", "-1", "inf", "nan", "1A", "VDW", "vdw "})
    CHECK_THROWS_WITH(mmgym::AtomRadius::parse(bad), contains("'vdw'"));
}
