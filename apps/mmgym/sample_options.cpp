#include "sample_options.h"

#include <stdexcept>

#include "base/errors.h"

namespace mmgym {

void SampleOptions::setup(CLI::App& app) {
  const char* group = "Images";
  app.add_option(
         "--preset", preset_,
         "16A: 21 voxels of 0.75 A; 24A: 24 voxels of 1 A; both 6 A apart, with noise of 2 A "
         "and 10 degrees. Flags below win")
      ->check(CLI::IsMember({"16A", "24A"}))
      ->capture_default_str()
      ->group(group);
  app.add_option("--task", task_,
                 "neighbor: two views and a label; single: one view, turned at random")
      ->check(CLI::IsMember({"neighbor", "single"}))
      ->capture_default_str()
      ->group(group);
  app.add_option("--grid", grid_, "Voxels along each edge of an image")
      ->check(CLI::Range(1, Grid::kMaxLength))
      ->type_name("L")
      ->group(group);
  app.add_option("--resolution", resolution_A_, "Edge of a voxel")
      ->check(CLI::PositiveNumber)
      ->type_name("A")
      ->group(group);
  app.add_option(
         "--atom-radius", atom_radius_,
         "Radius of atoms; vdw: each element's van der Waals radius (default: half a voxel)")
      ->type_name("A|vdw")
      ->group(group);
  app.add_option("--channels", channels_,
                 "Elements of each channel, channels separated by |; * is any other element")
      ->capture_default_str()
      ->type_name("E,E|E|...")
      ->group(group);
  app.add_flag("--ligand-channel", ligand_channel_,
               "One more channel, for atoms that are not part of a polymer")
      ->group(group);
  app.add_option("--other-elements", other_elements_,
                 "What to do with atoms that no channel is for")
      ->check(CLI::IsMember({"error", "drop"}))
      ->capture_default_str()
      ->group(group);
  app.add_option("--fill", fill_, "What an atom puts into a voxel")
      ->check(
          CLI::IsMember({"fraction-atom", "fraction-voxel", "overlap-A3", "nearest", "gaussian"}))
      ->capture_default_str()
      ->group(group);
  app.add_option("--aggregate", aggregate_, "What becomes of several atoms in a voxel")
      ->check(CLI::IsMember({"sum", "max"}))
      ->capture_default_str()
      ->group(group);
  auto* directions =
      app.add_option("--directions", directions_,
                     "Where, seen from home, the neighbor may lie: what labels count")
          ->capture_default_str()
          ->type_name("GEOMETRY")
          ->group(group);
  auto* padding = app.add_option("--padding", padding_A_, "Gap between the views (default: 6)")
                      ->check(CLI::NonNegativeNumber)
                      ->type_name("A")
                      ->group(group);
  auto* distance =
      app.add_option("--distance", distance_A_, "Distance of the views (default: edge + padding)")
          ->check(CLI::PositiveNumber)
          ->excludes(padding)
          ->type_name("A")
          ->group(group);
  auto* noise_distance =
      app.add_option(
             "--noise-distance", noise_distance_A_,
             "Greatest random shift of the neighbor (default: 2; 0 if the split is not 'train')")
          ->check(CLI::NonNegativeNumber)
          ->type_name("A")
          ->group(group);
  auto* noise_angle =
      app.add_option(
             "--noise-angle", noise_angle_deg_,
             "Greatest random turn of the neighbor (default: 10; 0 if the split is not 'train')")
          ->check(CLI::Range(0.0, 180.0))
          ->type_name("DEG")
          ->group(group);
  of_neighbors_ = {directions, padding, distance, noise_distance, noise_angle};
}

SampleParameters SampleOptions::parameters(const std::string& split,
                                           const std::string& preset_name) const {
  SampleParameters p = preset(preset_name);
  p.task = task_ == "neighbor" ? Task::neighbor : Task::single;
  if (p.task == Task::single)
    for (const CLI::Option* option : of_neighbors_)
      if (option->count() > 0)
        throw UsageError(option->get_name() +
                         ": a single view has no neighbor; --task neighbor has");
  p.length_voxels = grid_.value_or(p.length_voxels);
  p.resolution_A = resolution_A_.value_or(p.resolution_A);
  if (atom_radius_) p.atom_radius = parse_atom_radius(*atom_radius_);
  p.channels = channels_;
  p.ligand_channel = ligand_channel_;
  p.other_elements = other_elements_ == "drop" ? OtherElements::drop : OtherElements::error;
  p.fill = parse_fill(fill_);
  p.aggregate = parse_aggregate(aggregate_);
  p.directions = directions_;
  p.view_distance_A = distance_A_.value_or(p.edge_A() + padding_A_.value_or(kDefaultPadding_A));
  const bool training = split.empty() || split == "train";
  p.noise_max_distance_A = noise_distance_A_.value_or(training ? p.noise_max_distance_A : 0);
  p.noise_max_angle_deg = noise_angle_deg_.value_or(training ? p.noise_max_angle_deg : 0);
  return p;
}

}  // namespace mmgym
