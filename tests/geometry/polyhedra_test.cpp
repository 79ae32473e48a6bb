#include "geometry/polyhedra.h"

#include "catch.h"
#include "golden.h"

using mmgym::polyhedron_faces;
using mmgym::testing::contains;

TEST_CASE("Faces of polyhedra and their order agree with the reference") {
  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(mmgym::testing::golden_dir())) {
    if (entry.path().extension() != ".json") continue;
    const auto content = nlohmann::json::parse(std::ifstream(entry.path()));
    if (!content.is_object() || !content.contains("cube faces")) continue;
    for (const auto& [name, expected] : content.items()) {
      const auto faces = polyhedron_faces(name);
      REQUIRE(faces.size() == expected.size());
      for (std::size_t i = 0; i < faces.size(); ++i)
        for (int k = 0; k < 3; ++k)
          CHECK(faces[i][k] == Approx(expected[i][k].get<double>()).margin(1e-15));
      ++compared;
    }
  }
  CHECK((compared >= 5 || !mmgym::testing::golden_is_complete()));
}

TEST_CASE("A composite geometry concatenates two lists of faces") {
  const auto both = polyhedron_faces("octahedron and cube faces");
  REQUIRE(both.size() == 14);
  CHECK(both[7] == polyhedron_faces("octahedron faces")[7]);
  CHECK(both[8] == polyhedron_faces("cube faces")[0]);
}

TEST_CASE("The error of an unknown geometry lists the choices") {
  CHECK_THROWS_WITH(polyhedron_faces("sphere faces"), contains("icosahedron"));
  CHECK_THROWS_WITH(polyhedron_faces("cube"), contains("faces"));
  CHECK_THROWS_WITH(polyhedron_faces("cube and cone faces"), contains("cone"));
}
