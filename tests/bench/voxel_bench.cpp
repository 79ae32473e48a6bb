// Measures the cost of an image for every SIMD target of this machine.
//
//   cmake --preset release -DMMGYM_BENCH=ON && cmake --build --preset release --target mmgym_bench
//   taskset -c 0 build/release/bin/mmgym_bench --benchmark_repetitions=9
//
// * image/TARGET/PROFILE/ATOMS: draws atoms inside the image and erases them. Costs are per atom
//   and per image.
// * sparse/TARGET/PROFILE/ATOMS: like image, with eight times as many atoms outside of the image.
//   Costs are per atom inside.
// * view/TARGET/PROFILE: draws and erases views at random places of an assembly of 8 x 8 x 8 tiles,
//   with the tiles that each view needs, as `sample` does. The assembly does not fit the L2 cache.
//   Costs are per atom drawn and per view.
// * vdw/TARGET/PROFILE/ATOMS: like image, with van der Waals radii. vdw-voxel is the same for
//   fractions of voxels, which need doubles.
// * gaussian/RADIUS: Gaussians of 690 atoms in a 24A image
// * scalar/PROFILE/ATOMS: draws one atom at a time with the scalar functions of overlap.h
// * clear, copy: zeroes or copies an image, which is the limit of memory
// * float16/TARGET: converts an image
//
// The counter `clears` is the time of an image divided by the time to zero its memory.
//
// PROFILE is 16A (21 voxels of 0.75 Å) or 24A (24 voxels of 1 Å), with 8 channels, or 24A/2 (12
// voxels of 2 Å), an image whose used channels fit the L1 cache. Compare medians over repetitions,
// not single runs, because other programs disturb them.
//
// `mmgym_bench --write-gaussians` runs no benchmark. It writes the atoms of gaussian/RADIUS and the
// image of each radius to stdout, for molgrid_bench.py.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <numbers>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "voxel/float16.h"
#include "voxel/overlap.h"
#include "voxel/simd.h"
#include "voxel/voxelizer.h"

namespace {

using mmgym::ImageParams;

struct Profile {
  const char* name;
  int length;
  double resolution_A;
};

constexpr Profile kProfiles[] = {{"16A", 21, 0.75}, {"24A", 24, 1.0}, {"24A/2", 12, 2.0}};
constexpr int kAtoms[] = {230, 690};

constexpr int kGaussianAtoms = 690;
constexpr double kGaussianRadii_A[] = {0.5, 1.0};

ImageParams params_of(const Profile& profile) {
  return {{profile.length, profile.resolution_A}, 8};
}

ImageParams gaussian_params() {
  ImageParams params = params_of(kProfiles[1]);
  params.fill = mmgym::Fill::gaussian;
  return params;
}

// Numbers in [0, 1).
class Uniform {
 public:
  explicit Uniform(std::uint64_t seed) : random_(seed) {}
  double operator()() { return static_cast<double>(random_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 random_;
};

struct Atoms {
  std::vector<double> x, y, z;
  std::vector<float> occupancy, radius;
  std::vector<std::uint32_t> channels;

  // Atoms at random places in a cube, in the channels and with the radii of protein atoms.
  Atoms(int count, double edge_A) {
    Uniform uniform(1);
    constexpr float kRadii[] = {1.70F, 1.55F, 1.52F, 1.80F};
    for (int i = 0; i < count; ++i) {
      for (auto* axis : {&x, &y, &z}) axis->push_back((uniform() - 0.5) * edge_A);
      const double kind = uniform();
      const std::size_t element = kind < 0.63 ? 0 : kind < 0.80 ? 1 : kind < 0.99 ? 2 : 3;
      occupancy.push_back(1);
      radius.push_back(kRadii[element]);
      channels.push_back(1U << element);
    }
  }

  mmgym::AtomsView view(bool with_radii) const {
    return {x.size(),
            x.data(),
            y.data(),
            z.data(),
            occupancy.data(),
            channels.data(),
            with_radii ? radius.data() : nullptr};
  }
};

using Clock = std::chrono::steady_clock;

// Returns the median time to zero an image.
double clearing_s(const ImageParams& params) {
  std::vector<float> image(params.image_size());
  std::vector<double> times_s;
  for (int run = 0; run < 201; ++run) {
    const auto start = Clock::now();
    std::memset(image.data(), 0, image.size() * sizeof(float));
    benchmark::DoNotOptimize(image.data());
    benchmark::ClobberMemory();
    times_s.push_back(std::chrono::duration<double>(Clock::now() - start).count());
  }
  std::ranges::nth_element(times_s, times_s.begin() + 100);
  return times_s[100];
}

// `start` is the time at which the first image was begun.
void set_counters(benchmark::State& state, const ImageParams& params, double atoms,
                  Clock::time_point start) {
  using benchmark::Counter;
  const double image_s = std::chrono::duration<double>(Clock::now() - start).count() /
                         static_cast<double>(state.iterations());
  state.counters["clears"] = image_s / clearing_s(params);
  state.counters["images/s"] = Counter(1, Counter::kIsIterationInvariantRate);
  state.counters["s/atom"] = Counter(atoms, Counter::kIsIterationInvariantRate | Counter::kInvert);
}

void draw_images(benchmark::State& state, const std::string& target, const ImageParams& params,
                 double radius_A, int atom_count, bool with_radii, double spread) {
  mmgym::use_simd_target(target);
  const Atoms atoms(static_cast<int>(atom_count * spread * spread * spread),
                    params.grid.edge_A() * spread);
  mmgym::Voxelizer voxelizer(params, radius_A);
  std::vector<float> image(params.image_size());
  // Rotated, like samples.
  const mmgym::Frame frame(spread > 1
                               ? Eigen::AngleAxisd(0.3, Eigen::Vector3d(1, 2, 3).normalized())
                               : Eigen::AngleAxisd::Identity());
  std::vector<mmgym::Footprint> footprints;
  std::size_t drawn = 0;
  const auto start = Clock::now();
  for (auto _ : state) {
    drawn = voxelizer.draw(atoms.view(with_radii), frame, image, &footprints);
    benchmark::DoNotOptimize(image.data());
    benchmark::ClobberMemory();
    erase(params, image, footprints);
    footprints.clear();
  }
  set_counters(state, params, static_cast<double>(drawn), start);
  mmgym::use_simd_target("");
}

// Tiles of 24 Å, with chains of atoms at the density of a protein.
struct Assembly {
  static constexpr int kTiles = 8;  // along each axis
  static constexpr double kEdge_A = 24;

  std::vector<Atoms> tiles;
  std::vector<mmgym::AtomRuns> runs;

  static Eigen::Vector3d low_corner_A(int tile) {
    return kEdge_A *
           Eigen::Vector3d(tile / (kTiles * kTiles), tile / kTiles % kTiles, tile % kTiles);
  }

  Assembly() {
    Uniform uniform(2);
    for (int tile = 0; tile < kTiles * kTiles * kTiles; ++tile) {
      Atoms atoms(700, 0);
      const Eigen::Vector3d low_A = low_corner_A(tile);
      std::vector<double>* axes[3] = {&atoms.x, &atoms.y, &atoms.z};
      double at_A[3] = {};
      for (std::size_t i = 0; i < atoms.x.size(); ++i)
        for (int axis = 0; axis < 3; ++axis) {
          // A chain has 100 atoms in a tile, 1.5 Å from each other, and is reflected at its faces.
          at_A[axis] = i % 100 == 0 ? uniform() * kEdge_A : at_A[axis] + 3 * (uniform() - 0.5);
          if (at_A[axis] < 0) at_A[axis] = -at_A[axis];
          if (at_A[axis] > kEdge_A) at_A[axis] = 2 * kEdge_A - at_A[axis];
          (*axes[axis])[i] = low_A[axis] + at_A[axis];
        }
      runs.emplace_back(atoms.x, atoms.y, atoms.z);
      tiles.push_back(std::move(atoms));
    }
  }
};

// A view at a random place of the assembly, and the tiles that it needs.
struct PlacedView {
  mmgym::Frame frame;
  std::vector<mmgym::AtomsView> tiles;

  PlacedView(const Assembly& assembly, double edge_A, Uniform& uniform) {
    const Eigen::Vector3d axis(uniform() - 0.5, uniform() - 0.5, uniform() - 0.5);
    frame = Eigen::AngleAxisd(6 * uniform(), axis.normalized());
    const Eigen::Vector3d center(36 + 120 * uniform(), 36 + 120 * uniform(), 36 + 120 * uniform());
    frame.translation() = -(frame.linear() * center);
    for (std::size_t tile = 0; tile < assembly.tiles.size(); ++tile) {
      const Eigen::Vector3d tile_center =
          Assembly::low_corner_A(static_cast<int>(tile)).array() + 0.5 * Assembly::kEdge_A;
      // Both are cubes, in different orientations.
      const Eigen::Array3d extent_A =
          frame.linear().cwiseAbs().rowwise().sum().array() * (0.5 * Assembly::kEdge_A);
      if (((frame * tile_center).array().abs() > 0.5 * edge_A + extent_A).any()) continue;
      tiles.push_back(assembly.tiles[tile].view(false));
      tiles.back().runs = &assembly.runs[tile];
    }
  }
};

void draw_views(benchmark::State& state, const std::string& target, const Profile& profile) {
  static const Assembly assembly;
  mmgym::use_simd_target(target);
  const ImageParams params = params_of(profile);
  mmgym::Voxelizer voxelizer(params, 0.5 * profile.resolution_A);
  std::vector<float> image(params.image_size());
  std::vector<mmgym::Footprint> footprints;
  std::vector<PlacedView> views;
  Uniform uniform(3);
  for (int i = 0; i < 1000; ++i) views.emplace_back(assembly, params.grid.edge_A(), uniform);
  std::size_t drawn = 0, next = 0;
  const auto start = Clock::now();
  for (auto _ : state) {
    const PlacedView& view = views[next++ % views.size()];
    drawn += voxelizer.draw(view.tiles, view.frame, image, &footprints);
    benchmark::DoNotOptimize(image.data());
    benchmark::ClobberMemory();
    erase(params, image, footprints);
    footprints.clear();
  }
  set_counters(state, params, static_cast<double>(drawn) / static_cast<double>(state.iterations()),
               start);
  mmgym::use_simd_target("");
}

// Adds the overlap of each atom with each voxel that it may touch, without optimizations.
void draw_plainly(benchmark::State& state, const Profile& profile, int atom_count) {
  const ImageParams params = params_of(profile);
  const Atoms atoms(atom_count, params.grid.edge_A());
  const double h = profile.resolution_A, radius = 0.5 * h;
  const double ball = 4 * std::numbers::pi / 3 * radius * radius * radius;
  const Eigen::Vector3d low = params.grid.low_corner_A();
  std::vector<float> image(params.image_size());
  const auto start = Clock::now();
  for (auto _ : state) {
    for (std::size_t i = 0; i < atoms.x.size(); ++i) {
      const Eigen::Vector3d at(atoms.x[i], atoms.y[i], atoms.z[i]);
      const Eigen::Array3i first = (((at - low).array() - radius) / h).floor().cast<int>().max(0);
      const Eigen::Array3i last =
          (((at - low).array() + radius) / h).floor().cast<int>().min(profile.length - 1);
      const int channel = std::countr_zero(atoms.channels[i]);
      for (int x = first[0]; x <= last[0]; ++x)
        for (int y = first[1]; y <= last[1]; ++y)
          for (int z = first[2]; z <= last[2]; ++z) {
            const Eigen::Vector3d corner = low + h * Eigen::Vector3d(x, y, z);
            image[params.grid.offset(channel, x, y, z)] +=
                atoms.occupancy[i] *
                static_cast<float>(
                    mmgym::ball_box_overlap_A3(at, radius, corner, corner.array() + h) / ball);
          }
    }
    benchmark::DoNotOptimize(image.data());
    benchmark::ClobberMemory();
    std::memset(image.data(), 0, image.size() * sizeof(float));
  }
  set_counters(state, params, static_cast<double>(atoms.x.size()), start);
}

void clear_image(benchmark::State& state, const Profile& profile) {
  std::vector<float> image(params_of(profile).image_size());
  for (auto _ : state) {
    std::memset(image.data(), 0, image.size() * sizeof(float));
    benchmark::DoNotOptimize(image.data());
    benchmark::ClobberMemory();
  }
}

void copy_image(benchmark::State& state, const Profile& profile) {
  std::vector<float> image(params_of(profile).image_size()), copy(image.size());
  for (auto _ : state) {
    std::memcpy(copy.data(), image.data(), image.size() * sizeof(float));
    benchmark::DoNotOptimize(copy.data());
    benchmark::ClobberMemory();
  }
}

void convert_image(benchmark::State& state, const std::string& target) {
  mmgym::use_simd_target(target);
  std::vector<float> image(params_of(kProfiles[1]).image_size(), 0.3F);
  std::vector<std::uint16_t> halves(image.size());
  for (auto _ : state) {
    mmgym::to_float16(image, halves);
    benchmark::DoNotOptimize(halves.data());
    benchmark::ClobberMemory();
  }
  mmgym::use_simd_target("");
}

void register_all() {
  using benchmark::RegisterBenchmark;
  using std::to_string;
  for (const auto& target : mmgym::simd_targets()) {
    for (const auto& profile : kProfiles)
      for (const int atoms : kAtoms) {
        const std::string name = "/" + target + "/" + profile.name + "/" + to_string(atoms);
        const ImageParams params = params_of(profile);
        const double radius_A = 0.5 * profile.resolution_A;
        RegisterBenchmark(("image" + name).c_str(), draw_images, target, params, radius_A, atoms,
                          false, 1.0);
        RegisterBenchmark(("sparse" + name).c_str(), draw_images, target, params, radius_A, atoms,
                          false, 2.08);
        if (profile.resolution_A != 1.0) continue;
        RegisterBenchmark(("vdw" + name).c_str(), draw_images, target, params, radius_A, atoms,
                          true, 1.0);
        ImageParams voxel_params = params;
        voxel_params.fill = mmgym::Fill::fraction_voxel;
        RegisterBenchmark(("vdw-voxel" + name).c_str(), draw_images, target, voxel_params, radius_A,
                          atoms, true, 1.0);
      }
    for (const auto& profile : kProfiles)
      RegisterBenchmark(("view/" + target + "/" + profile.name).c_str(), draw_views, target,
                        profile);
    RegisterBenchmark(("float16/" + target).c_str(), convert_image, target);
  }
  for (const double radius_A : kGaussianRadii_A)
    RegisterBenchmark(("gaussian/" + to_string(radius_A).substr(0, 3)).c_str(), draw_images, "",
                      gaussian_params(), radius_A, kGaussianAtoms, false, 1.0);
  for (const auto& profile : kProfiles) {
    for (const int atoms : kAtoms)
      RegisterBenchmark(("scalar/" + std::string(profile.name) + "/" + to_string(atoms)).c_str(),
                        draw_plainly, profile, atoms);
    RegisterBenchmark(("clear/" + std::string(profile.name)).c_str(), clear_image, profile);
    RegisterBenchmark(("copy/" + std::string(profile.name)).c_str(), copy_image, profile);
  }
}

template <typename T>
bool write(std::span<const T> values) {
  return std::fwrite(values.data(), sizeof(T), values.size(), stdout) == values.size();
}

// Writes x, y, z and the channel of each atom as float64, then the images as float32. Returns
// whether everything was written.
bool write_gaussians() {
  const ImageParams params = gaussian_params();
  const Atoms atoms(kGaussianAtoms, params.grid.edge_A());
  for (std::size_t i = 0; i < atoms.x.size(); ++i) {
    const double channel = std::countr_zero(atoms.channels[i]);
    const double atom[] = {atoms.x[i], atoms.y[i], atoms.z[i], channel};
    if (!write<double>(atom)) return false;
  }
  for (const double radius_A : kGaussianRadii_A) {
    std::vector<float> image(params.image_size());
    mmgym::Voxelizer(params, radius_A).draw(atoms.view(false), mmgym::Frame::Identity(), image);
    if (!write<float>(image)) return false;
  }
  return std::fflush(stdout) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  register_all();
  benchmark::Initialize(&argc, argv);
  if (argc == 2 && std::string_view(argv[1]) == "--write-gaussians")
    return write_gaussians() ? 0 : 1;
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
