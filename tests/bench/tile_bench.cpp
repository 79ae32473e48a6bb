// Compares sizes of tiles and forms of tables for stored atoms.
//
//   cmake --preset release -DMMGYM_BENCH=ON
//   cmake --build --preset release --target mmgym_tile_bench
//   build/release/bin/mmgym_tile_bench data-samples/6zu5.cif.gz [FILE...]
//
// For each file, tile edge, form and page size, stores the atoms of the first assembly and prints
// the bytes per atom in blobs and in the file, and the cost of reading the atoms of a sample of the
// 24A neighbor task (two cubes of 24 A, 30 A apart, at a random atom and orientation): tiles,
// atoms, and the median time over 2,000 samples, with the file in the page cache. Also prints the
// time to decode an atom of each layout: of the file's coordinates, and of the same atoms turned.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <random>

#include "database/sqlite.h"
#include "database/tile_codec.h"
#include "geometry/cell_list.h"
#include "geometry/frame.h"
#include "inputs/read_file.h"
#include "sampling/frames.h"
#include "structure/assembly.h"
#include "structure/read_structure.h"

namespace {

using namespace mmgym;
using Clock = std::chrono::steady_clock;

constexpr double kHalfEdge_A = 12.5;  // of an image, plus the radius of an atom

struct Form {
  const char* name;
  const char* create;
};
constexpr Form kForms[] = {
    {"clustered", "CREATE TABLE tile (x, y, z, drawing BLOB, PRIMARY KEY (x, y, z)) WITHOUT ROWID"},
    {"rowid", "CREATE TABLE tile (x, y, z, drawing BLOB, PRIMARY KEY (x, y, z))"}};

std::map<std::uint64_t, std::pair<Eigen::Vector3i, DrawingAtoms>> tiles_of(const Assembly& assembly,
                                                                           double edge_A) {
  std::map<std::uint64_t, std::pair<Eigen::Vector3i, DrawingAtoms>> tiles;
  for (std::size_t n = 0; n < assembly.atom_count(); ++n) {
    const auto& position = assembly.positions_A[n];
    const Eigen::Vector3i tile = cell_of(position, edge_A);
    auto& [place, atoms] = tiles[cell_key(tile)];
    place = tile;
    atoms.x_A.push_back(position.x());
    atoms.y_A.push_back(position.y());
    atoms.z_A.push_back(position.z());
    atoms.occupancy.push_back(static_cast<float>(assembly.atom(n).occupancy));
    atoms.element.push_back(assembly.atom(n).element);
    atoms.flags.push_back(0);
  }
  return tiles;
}

/// Calls visit(tile) for every tile that a view may need, like SampleMaker.
template <typename Visit>
void for_each_tile(const Frame& frame_iv, double edge_A, Visit visit) {
  const Eigen::Vector3d center = frame_origin(frame_iv);
  const Eigen::Array3d extent =
      frame_iv.linear().cwiseAbs().colwise().sum().transpose().array() * kHalfEdge_A;
  const Eigen::Vector3i first = cell_of(center.array() - extent, edge_A);
  const Eigen::Vector3i last = cell_of(center.array() + extent, edge_A);
  const Eigen::Array3d tile_extent =
      frame_iv.linear().cwiseAbs().rowwise().sum().array() * (edge_A / 2);
  for (int x = first.x(); x <= last.x(); ++x)
    for (int y = first.y(); y <= last.y(); ++y)
      for (int z = first.z(); z <= last.z(); ++z) {
        const Eigen::Vector3d tile_center = (Eigen::Array3d(x, y, z) + 0.5) * edge_A;
        if (((frame_iv * tile_center).array().abs() <= kHalfEdge_A + tile_extent).all())
          visit(Eigen::Vector3i(x, y, z));
      }
}

void measure(const Assembly& assembly, double edge_A, const Form& form, int page_size) {
  const auto path = std::filesystem::temp_directory_path() / "mmgym-tile-bench.sqlite";
  std::filesystem::remove(path);
  Connection connection(path, Connection::Mode::create);
  connection.execute(fmt::format("PRAGMA page_size = {}; {}", page_size, form.create));
  std::size_t blob_bytes = 0;
  {
    Transaction transaction(connection);
    Statement insert(connection, "INSERT INTO tile VALUES (?, ?, ?, ?)");
    for (const auto& [key, tile] : tiles_of(assembly, edge_A)) {
      const auto blob = encode_drawing(tile.first, tile.second, edge_A);
      blob_bytes += blob.size();
      insert.run(tile.first.x(), tile.first.y(), tile.first.z(),
                 std::span<const std::uint8_t>(blob));
    }
    transaction.commit();
  }
  const auto file_bytes = static_cast<double>(std::filesystem::file_size(path));
  const auto atoms = static_cast<double>(assembly.atom_count());

  connection.execute("PRAGMA mmap_size = 1099511627776");
  Statement select(connection, "SELECT drawing FROM tile WHERE x = ? AND y = ? AND z = ?");
  std::mt19937 random(1);
  std::vector<double> micros;
  std::size_t tiles_read = 0;
  std::size_t atoms_read = 0;
  DrawingAtoms decoded;
  constexpr int kSamples = 2000;
  for (int i = 0; i < kSamples; ++i) {
    const auto& center = assembly.positions_A[random() % assembly.atom_count()];
    const Frame frame_ia = single_view_frame(random(), center, 10);
    const Frame frame_ib = make_frame({0, 0, 30}) * frame_ia;
    const auto start = Clock::now();
    for (const Frame& frame : {frame_ia, frame_ib}) {
      decoded.clear();
      for_each_tile(frame, edge_A, [&](const Eigen::Vector3i& tile) {
        ++tiles_read;
        if (select.first_row(tile.x(), tile.y(), tile.z()))
          decode_drawing(tile, select.blob(0), decoded, edge_A);
      });
      atoms_read += decoded.size();
    }
    micros.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  std::nth_element(micros.begin(), micros.begin() + kSamples / 2, micros.end());
  fmt::print("{:>6} {:>10} {:>6} {:>12.2f} {:>12.2f} {:>8.1f} {:>8.0f} {:>10.1f}\n", edge_A,
             form.name, page_size, static_cast<double>(blob_bytes) / atoms, file_bytes / atoms,
             static_cast<double>(tiles_read) / kSamples, static_cast<double>(atoms_read) / kSamples,
             micros[kSamples / 2]);
  std::filesystem::remove(path);
}

/// Prints the size of an atom and the median time to decode it.
void measure_decoding(const char* name, const Assembly& assembly) {
  std::vector<std::pair<Eigen::Vector3i, std::vector<std::uint8_t>>> blobs;
  std::size_t blob_bytes = 0;
  for (const auto& [key, tile] : tiles_of(assembly, kAtomTileEdge_A)) {
    blobs.emplace_back(tile.first, encode_drawing(tile.first, tile.second));
    blob_bytes += blobs.back().second.size();
  }
  DrawingAtoms decoded;
  std::vector<double> nanos;
  constexpr int kRuns = 101;
  for (int run = 0; run < kRuns; ++run) {
    const auto start = Clock::now();
    for (const auto& [tile, blob] : blobs) {
      decoded.clear();
      decode_drawing(tile, blob, decoded);
    }
    nanos.push_back(std::chrono::duration<double, std::nano>(Clock::now() - start).count());
  }
  std::nth_element(nanos.begin(), nanos.begin() + kRuns / 2, nanos.end());
  const auto atoms = static_cast<double>(assembly.atom_count());
  fmt::print("{}: {:.2f} B/atom, decoded in {:.2f} ns/atom\n", name,
             static_cast<double>(blob_bytes) / atoms, nanos[kRuns / 2] / atoms);
}

Assembly turned(Assembly assembly) {
  const Frame operation = single_view_frame(1, Eigen::Vector3d::Zero(), 10);
  for (Eigen::Vector3d& position : assembly.positions_A) position = operation * position;
  return assembly;
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::filesystem::path file = argv[i];
    const auto structure = read_structure(read_file(file), file.filename().string());
    const auto assembly = build_assembly(structure, structure.assemblies.front());
    fmt::print("\n{}: {} atoms\n{:>6} {:>10} {:>6} {:>12} {:>12} {:>8} {:>8} {:>10}\n",
               file.string(), assembly.atom_count(), "edge_A", "table", "page", "blob_B/atom",
               "file_B/atom", "tiles", "atoms", "median_us");
    for (const double edge_A : {8.0, 12.0, 16.0, 20.0, 24.0, 32.0})
      for (const Form& form : kForms)
        for (const int page_size : {4096, 16384}) measure(assembly, edge_A, form, page_size);
    measure_decoding("as deposited", assembly);
    measure_decoding("turned", turned(assembly));
  }
}
