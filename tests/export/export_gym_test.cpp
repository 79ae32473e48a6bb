#include "export/export_gym.h"

#include "build_gym.h"
#include "catch.h"
#include "gemmi_reader.h"
#include "sampling/sample_maker.h"
#include "sampling/zone_choice.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

namespace {

/// A map as read by gemmi, with the positions of points from the header's ORIGIN.
struct Map : testing::ReadMap {
  explicit Map(const std::filesystem::path& path) : ReadMap(testing::read_map(path.string())) {}

  Eigen::Vector3d place(int u, int v, int w) const {
    return Eigen::Vector3d::Map(places_A[offset(u, v, w)].data());
  }

  /// Returns the center of mass of the voxels around a position, or nothing near the edge of the
  /// map.
  std::optional<Eigen::Vector3d> center_near(const Eigen::Vector3d& position) const {
    const double h = edge_A / points;
    const Eigen::Vector3d first = place(0, 0, 0);
    const Eigen::Vector3i nearest = ((position - first) / h).array().round().cast<int>();
    if ((nearest.array() < 2).any() || (nearest.array() >= points - 2).any()) return {};
    Eigen::Vector3d weighted = Eigen::Vector3d::Zero();
    double total = 0;
    for (int u = nearest.x() - 1; u <= nearest.x() + 1; ++u)
      for (int v = nearest.y() - 1; v <= nearest.y() + 1; ++v)
        for (int w = nearest.z() - 1; w <= nearest.z() + 1; ++w) {
          weighted += values[offset(u, v, w)] * place(u, v, w);
          total += values[offset(u, v, w)];
        }
    return weighted / total;
  }
};

std::size_t atoms_in(const std::filesystem::path& path) {
  return testing::read_cif(path.string(), "_atom_site.", {"id"}).size();
}

std::vector<Eigen::Vector3d> positions_of(const std::filesystem::path& path,
                                          const std::string& element) {
  std::vector<Eigen::Vector3d> positions;
  for (const auto& row : testing::read_cif(path.string(), "_atom_site.",
                                           {"type_symbol", "Cartn_x", "Cartn_y", "Cartn_z"}))
    if (row[0] == element)
      positions.emplace_back(std::stod(row[1]), std::stod(row[2]), std::stod(row[3]));
  return positions;
}

/// Checks every atom that shares no voxel with others, and returns the number of checked atoms.
int check_balls(const Map& map, const std::vector<Eigen::Vector3d>& atoms) {
  const double h = map.edge_A / map.points;
  int checked = 0;
  for (const auto& atom : atoms) {
    bool alone = true;
    for (const auto& other : atoms)
      alone = alone && (&other == &atom || (other - atom).cwiseAbs().maxCoeff() > 2.5 * h);
    const auto center = map.center_near(atom);
    if (!alone || !center) continue;
    // The center of mass of a ball's voxels differs from the center of the ball by up to a tenth of
    // a voxel along each axis, if the radius is half a voxel.
    CHECK((*center - atom).cwiseAbs().maxCoeff() < 0.1 * h + 0.001);
    ++checked;
  }
  return checked;
}

}  // namespace

TEST_CASE("The maps of an exported sample are its voxels, and its atoms are in them") {
  const testing::TemporaryFolder folder;
  ExportOptions options;
  options.database = testing::build_gym(folder, {"2xhe"});
  options.folder = folder.path() / "out";
  for (const char* name : {"16A", "24A"}) {
    options.parameters = preset(name);
    const auto summary = export_sample(options, 5);
    REQUIRE(summary.files.size() == 2 * (1 + 8));
    CHECK(summary.note.empty());

    GymReader reader(options.database);
    const auto zones = choose_zones(reader, "");
    SampleMaker maker(options.database, zones, options.parameters);
    Sample sample;
    maker.make(5, sample);
    Grid grid;
    grid.length_voxels = options.parameters.length_voxels;
    std::ptrdiff_t voxel = 0;
    for (const std::string view : {"home", "neighbor"})
      for (const std::string channel : {"ch0-C", "ch1-N", "ch2-O", "ch3-S-SE", "ch4-P", "ch5-MG-CA",
                                        "ch6-MN-FE-CO-NI-CU-ZN", "ch7-other"}) {
        const Map map(options.folder / ("sample-5-" + view + "-" + channel + ".mrc"));
        REQUIRE(map.values.size() == grid.voxels());
        CHECK(std::equal(map.values.begin(), map.values.end(),
                         sample.images.voxels().begin() + voxel));
        voxel += static_cast<std::ptrdiff_t>(grid.voxels());
      }
    int checked = 0;
    for (const std::string view : {"home", "neighbor"}) {
      const auto base = options.folder / ("sample-5-" + view);
      CHECK(atoms_in(base.string() + ".cif") == sample.atoms_drawn[view == "home" ? 0 : 1]);
      checked +=
          check_balls(Map(base.string() + "-ch1-N.mrc"), positions_of(base.string() + ".cif", "N"));
      checked +=
          check_balls(Map(base.string() + "-ch2-O.mrc"), positions_of(base.string() + ".cif", "O"));
    }
    CHECK(checked > 20);
  }
}

TEST_CASE("An exported zone is at the stored coordinates or around the origin") {
  const testing::TemporaryFolder folder;
  ExportOptions options;
  options.database = testing::build_gym(folder, {"2xhe"});
  options.folder = folder.path() / "out";
  options.parameters = preset("24A");
  GymReader reader(options.database);
  const Eigen::Vector3d center = reader.zone(3).center_A;
  for (const ExportFrame frame : {ExportFrame::stored, ExportFrame::view}) {
    options.frame = frame;
    export_zone(options, 3);
    const Map map(options.folder / "zone-3-ch2-O.mrc");
    const Eigen::Vector3d middle =
        (map.place(0, 0, 0) + map.place(0, 0, 0) + Eigen::Vector3d::Constant(23)) / 2;
    const Eigen::Vector3d expected =
        frame == ExportFrame::stored ? center : Eigen::Vector3d(0, 0, 0);
    CHECK((middle - expected).norm() < 1e-4);
    CHECK(check_balls(map, positions_of(options.folder / "zone-3.cif", "O")) > 5);
  }
}

TEST_CASE("In stored coordinates a sample has atoms only, and the note gives the reason") {
  const testing::TemporaryFolder folder;
  ExportOptions options;
  options.database = testing::build_gym(folder, {"2xhe"});
  options.folder = folder.path() / "out";
  options.frame = ExportFrame::stored;
  const auto summary = export_sample(options, 0);
  CHECK(summary.files.size() == 2);
  CHECK_THAT(summary.note, contains("--frame view"));
}

TEST_CASE("An exported assembly contains every stored atom once") {
  const testing::TemporaryFolder folder;
  ExportOptions options;
  options.database = testing::build_gym(folder, {"2xhe"});
  options.folder = folder.path() / "out";
  const auto summary = export_assembly(options, "2XHE/1");
  REQUIRE(summary.files.size() == 1);
  GymReader reader(options.database);
  Statement count(reader.connection(), "SELECT atom_count FROM assembly");
  count.first_row();
  const auto rows = static_cast<std::int64_t>(atoms_in(summary.files[0]));
  CHECK((summary.note.empty() ? rows == count.integer(0) : rows < count.integer(0)));
  CHECK(rows > 1000);
  CHECK_THROWS_WITH(export_assembly(options, "2xhe/9"), contains("no assembly 2xhe/9"));
  CHECK_THROWS_AS(export_assembly(options, "2xhe"), UsageError);
}
