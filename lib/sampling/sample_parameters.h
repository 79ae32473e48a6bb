#pragma once

#include <string>
#include <vector>

#include "voxel/channels.h"
#include "voxel/image_params.h"
#include "voxel/radii.h"

namespace mmgym {

enum class Task {
  neighbor,  // two views; in which of a few directions does the second lie?
  single,    // one view
};

/// The reference's channels: each element that proteins and nucleic acids are made of, light and
/// heavy metal ions, and all the rest.
inline constexpr const char* kDefaultChannels = "C|N|O|S,SE|P|MG,CA|MN,FE,CO,NI,CU,ZN|*";

/// What a sample looks like. Together with the database and an index it determines the sample.
struct SampleParameters {
  Task task = Task::neighbor;
  int length_voxels = 24;
  double resolution_A = 1;
  std::string channels = kDefaultChannels;
  bool ligand_channel = false;
  OtherElements other_elements = OtherElements::error;
  AtomRadius atom_radius;
  Fill fill = Fill::fraction_atom;
  Aggregate aggregate = Aggregate::sum;
  /// Polyhedron whose faces are the directions that labels stand for.
  std::string directions = "cube faces";
  double view_distance_A = 30;
  double noise_max_distance_A = 2;
  double noise_max_angle_deg = 10;
  /// If not empty, a number for each channel: a voxel x of channel c becomes
  /// (x - channel_mean[c]) / channel_std[c].
  std::vector<float> channel_mean;
  std::vector<float> channel_std;
  /// Whether a sample lists the atoms that were drawn (Sample::atoms).
  bool with_atoms = false;

  int views() const { return task == Task::neighbor ? 2 : 1; }
  double edge_A() const { return length_voxels * resolution_A; }
  bool normalized() const { return !channel_mean.empty(); }
};

/// The reference's two profiles: "16A" has 21 voxels of 0.75 A, "24A" has 24 voxels of 1 A; in
/// both, 6 A lie between the views. Throws UsageError for another name.
SampleParameters preset(const std::string& name);

/// The gap between the faces of the two views in the presets.
inline constexpr double kDefaultPadding_A = 6;

}  // namespace mmgym
