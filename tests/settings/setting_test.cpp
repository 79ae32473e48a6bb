#include "settings/setting.h"

#include <array>

#include "catch.h"

using mmgym::testing::contains;

namespace {

enum class Taste { sweet, sour };

/// An angle, or "flat".
struct Slope {
  double angle_deg = 0;

  static Slope parse(std::string_view text) {
    return {text == "flat" ? 0 : mmgym::read_number(text, mmgym::NumberRange{0, 180})};
  }
  std::string text() const { return angle_deg == 0 ? "flat" : mmgym::number_text(angle_deg); }
};

struct Cake {
  double edge_A = 2.5;
  Slope angle_deg;
  int layers = 2;
  bool iced = false;
  Taste taste = Taste::sweet;
  std::string name = "none";
  std::vector<std::string> parts;
};

using CakeSetting =
    mmgym::Setting<Cake, double, Slope, int, bool, Taste, std::string, std::vector<std::string>>;

const CakeSetting kEdge = {"edge_A", &Cake::edge_A, "Edge", mmgym::kPositive};
const CakeSetting kAngle = {"max_angle_deg", &Cake::angle_deg, "Angle", {}, "", "angle_deg"};
const CakeSetting kLayers = {"layer_count", &Cake::layers, "Layers", {1, 1024}, "N"};
const CakeSetting kIced = {"is_iced", &Cake::iced, "Iced"};
const CakeSetting kTaste = {"taste", &Cake::taste, "Taste"};
const CakeSetting kParts = {"parts", &Cake::parts, "Parts", {}, "P,P,..."};

}  // namespace

template <>
inline constexpr std::array<mmgym::EnumName<Taste>, 2> mmgym::kEnumNames<Taste> = {
    {{"sweet", Taste::sweet}, {"sour", Taste::sour}}};

TEST_CASE("A flag is the name with dashes and without its unit, which labels the value") {
  using mmgym::flag_of;
  using mmgym::unit_label;
  CHECK(flag_of("zone_size_A") == "--zone-size");
  CHECK(flag_of("density_check_min_atoms_nm3") == "--density-check-min-atoms");
  CHECK(flag_of(kAngle.name()) == "--angle");
  CHECK(flag_of("fill") == "--fill");
  CHECK(unit_label("zone_size_A") == "A");
  CHECK(unit_label("density_check_min_atoms_nm3") == "ATOMS/NM3");
  CHECK(unit_label("angle_deg") == "DEG");
  CHECK(flag_of("max_text_MB") == "--max-text");
  CHECK(unit_label("fill").empty());
}

TEST_CASE("Settings are read from text and written as the same text") {
  Cake cake;
  const auto set = [&cake](const CakeSetting& setting, const std::string& text) {
    set_from_text(setting, cake, text);
    return text_of(setting, cake);
  };
  CHECK(set(kEdge, "0.1") == "0.1");
  CHECK(cake.edge_A == 0.1);
  CHECK(text_of(kAngle, cake) == "flat");
  CHECK(set(kAngle, "1e2") == "100");
  CHECK(set(kLayers, "010") == "10");
  CHECK(set(kIced, "true") == "true");
  CHECK(cake.iced);
  CHECK(set(kTaste, "sour") == "sour");
  CHECK(cake.taste == Taste::sour);
  CHECK(set(kParts, "a, b,c") == "a,b,c");
  CHECK(cake.parts == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("An invalid text is refused with the flag and the valid values") {
  const auto refusal = [](const CakeSetting& setting, const char* text) -> std::string {
    Cake cake;
    try {
      set_from_text(setting, cake, text);
    } catch (const mmgym::UsageError& error) {
      return error.what();
    }
    return "";
  };
  CHECK(refusal(kEdge, "0") == "--edge: '0' is not a positive number");
  for (const char* text : {"0x10", "inf", "nan", "1 A", "1e999", "", " 1"})
    CHECK_THAT(refusal(kEdge, text), contains("is not a positive number"));
  CHECK(refusal(kAngle, "-1") == "--angle: '-1' is not a number from 0 to 180");
  CHECK(refusal(kLayers, "0x2") == "--layer-count: '0x2' is not a whole number from 1 to 1024");
  CHECK(refusal(kLayers, "1.0") == "--layer-count: '1.0' is not a whole number from 1 to 1024");
  CHECK(refusal(kIced, "maybe") == "--is-iced: 'maybe' is neither true nor false");
  CHECK(refusal(kTaste, "salt") == "--taste: 'salt' is not one of sweet, sour");
  CHECK(refusal(kTaste, "sour").empty());
}

TEST_CASE("Numbers that were set without a flag are also checked") {
  Cake cake;
  CHECK_NOTHROW(check_range(kEdge, cake));
  cake.edge_A = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_WITH(check_range(kEdge, cake), "--edge: nan is not a positive number");
  cake.layers = 0;
  CHECK_THROWS_WITH(check_range(kLayers, cake), contains("--layer-count: 0 is not"));
}

TEST_CASE("Whole numbers are exact up to the limits of their type") {
  using mmgym::read_whole_number;
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  CHECK(read_whole_number<std::uint64_t>("18446744073709551615", 0, kMost) == kMost);
  CHECK_THROWS_WITH(read_whole_number<std::uint64_t>("18446744073709551616", 0, kMost),
                    contains("a whole number from 0 on"));
  CHECK_THROWS_WITH(read_whole_number<std::uint64_t>("-1", 1, kMost), contains("from 1 on"));
}
