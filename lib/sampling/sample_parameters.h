#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "settings/enum_names.h"
#include "voxel/channels.h"
#include "voxel/image_params.h"
#include "voxel/radii.h"

namespace mmgym {

enum class Task {
  neighbor,  // two views; the label is the direction of the second
  single,    // one view
};

template <>
inline constexpr std::array<EnumName<Task>, 2> kEnumNames<Task> = {
    {{"neighbor", Task::neighbor}, {"single", Task::single}}};

/// The reference's channels: the elements of proteins and nucleic acids, light and heavy metal
/// ions, and all other elements.
inline constexpr const char* kDefaultChannels = "C|N|O|S,SE|P|MG,CA|MN,FE,CO,NI,CU,ZN|*";

/// The parameters of samples. With the database and an index, they determine a sample.
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
  /// Polyhedron whose faces are the directions that labels count.
  std::string directions = "cube faces";
  double view_distance_A = 30;
  double noise_max_distance_A = 2;
  double noise_max_angle_deg = 10;
  /// One number per channel, or empty for no normalization. A voxel x of channel c becomes
  /// (x - channel_mean[c]) / channel_std[c].
  std::vector<float> channel_mean;
  std::vector<float> channel_std;
  /// Whether a sample lists the drawn atoms with their annotations (Sample::atoms).
  bool with_atoms = false;
  /// Whether images are drawn (Sample::images), and what they are drawn from is listed
  /// (Sample::atom_list). Formats of samples set these; users do not.
  bool with_images = true;
  bool with_atom_list = false;

  int views() const { return task == Task::neighbor ? 2 : 1; }
  double edge_A() const { return length_voxels * resolution_A; }
  bool normalized() const { return !channel_mean.empty(); }
};

/// A named size of images.
struct Preset {
  std::string_view name;
  int length_voxels;
  double resolution_A;
};

/// The reference's two profiles.
inline constexpr std::array<Preset, 2> kPresets = {{{"16A", 21, 0.75}, {"24A", 24, 1}}};

/// The gap between the faces of the two views in the presets.
inline constexpr double kDefaultPadding_A = 6;

/// Returns the parameters of a preset. Throws UsageError if the name is unknown.
SampleParameters preset(std::string_view name);

}  // namespace mmgym
