#include "export/export_gym.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/durable_file.h"
#include "base/errors.h"
#include "database/annotated_atoms.h"
#include "export/atom_file.h"
#include "export/map_file.h"
#include "sampling/sample_maker.h"
#include "sampling/zone_choice.h"
#include "voxel/channel_names.h"
#include "voxel/radii.h"

namespace mmgym {
namespace {

/// Returns the part of file names for a channel: its elements, joined by hyphens.
std::string file_part(const std::string& channel) {
  constexpr std::size_t kLongest = 40;
  std::string part;
  for (const char c : channel.substr(0, kLongest)) {
    if (c == '*')
      part += "other";
    else if (c == ',')
      part += '-';
    else if (c != ' ')
      part += c;
  }
  return part;
}

/// Returns an id from a structure file as a part of a file name, and of a name in CIF.
std::string safe_name(const std::string& id) {
  std::string name = id;
  std::replace_if(
      name.begin(), name.end(),
      [](char c) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return !is_letter && !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != '.';
      },
      '_');
  return name;
}

/// Writes images and the atoms in and around them.
class ViewExporter {
 public:
  ViewExporter(const ExportOptions& options, GymReader& reader)
      : options_(options),
        atom_reader_(reader),
        polymer_labels_(reader.metadata_texts("polymer_labels")),
        names_(channel_names(options.parameters.channels, options.parameters.ligand_channel)) {
    grid_.length_voxels = options.parameters.length_voxels;
    grid_.resolution_A = options.parameters.resolution_A;
  }

  /// Calls on_planned for each file of these names.
  void plan(const std::vector<std::string>& names, bool with_maps) {
    for (const std::string& name : names) {
      options_.on_planned(atom_path(name));
      for (std::size_t channel = 0; with_maps && channel < names_.size(); ++channel)
        options_.on_planned(map_path(name, channel));
    }
  }

  /// Writes the atoms that reach into the image of a view or its margin, at frame_if * (x, y, z).
  void write_atoms_of_view(const std::string& name, std::int64_t assembly_id, const Frame& frame_iv,
                           const Frame& frame_if) {
    const SampleParameters& parameters = options_.parameters;
    const double largest_A = parameters.atom_radius.largest_A(parameters.resolution_A);
    const double reach = reach_in_radii(parameters.fill);
    const Eigen::Array3d extent_A =
        frame_iv.linear().cwiseAbs().colwise().sum().transpose().array() *
        (grid_.edge_A() / 2 + reach * largest_A + options_.margin_A);
    const Eigen::Array3d center_A = frame_origin(frame_iv);
    const AnnotatedAtoms atoms =
        atom_reader_.near_box(assembly_id, center_A - extent_A, center_A + extent_A);
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const Eigen::Vector3d place_v =
          frame_iv *
          Eigen::Vector3d(atoms.drawing.x_A[i], atoms.drawing.y_A[i], atoms.drawing.z_A[i]);
      const Eigen::Array3d outside_A = (place_v.array().abs() - grid_.edge_A() / 2).max(0);
      const double radius_A = parameters.atom_radius.van_der_waals
                                  ? van_der_waals_radius_A(atoms.drawing.element[i])
                                  : largest_A;
      if (outside_A.matrix().norm() < reach * radius_A + options_.margin_A) chosen.push_back(i);
    }
    write(name, atoms, chosen, frame_if);
  }

  void write(const std::string& name, const AnnotatedAtoms& atoms,
             const std::vector<std::size_t>& chosen, const Frame& frame_if) {
    std::error_code error;
    std::filesystem::create_directories(options_.folder, error);
    if (error) throw WriteError(error, "cannot make the folder " + options_.folder.string());
    const auto path = atom_path(name);
    write_durably(path, [&](const std::filesystem::path& temporary) {
      write_atoms(temporary, name, atoms, chosen, frame_if, polymer_labels_);
    });
    summary_.files.push_back(path);
  }

  /// Writes every channel of an image centered at `center_A`.
  void write_maps(const std::string& name, std::span<const float> image,
                  const Eigen::Vector3d& center_A) {
    Grid grid = grid_;
    grid.center_A = center_A;
    for (std::size_t channel = 0; channel < names_.size(); ++channel) {
      const auto path = map_path(name, channel);
      write_durably(path, [&](const std::filesystem::path& temporary) {
        write_map(temporary, image.subspan(channel * grid.voxels(), grid.voxels()), grid,
                  fmt::format("mmgym {} channel {}: {}", name, channel, names_[channel]));
      });
      summary_.files.push_back(path);
    }
  }

  ExportSummary summary_;

 private:
  std::filesystem::path atom_path(const std::string& name) const {
    return options_.folder / (name + ".cif");
  }
  std::filesystem::path map_path(const std::string& name, std::size_t channel) const {
    return options_.folder /
           fmt::format("{}-ch{}-{}.mrc", name, channel, file_part(names_[channel]));
  }

  const ExportOptions& options_;
  AnnotatedAtomReader atom_reader_;
  std::vector<std::string> polymer_labels_;
  std::vector<std::string> names_;
  Grid grid_;
};

}  // namespace

ExportSummary export_sample(const ExportOptions& options, std::uint64_t index) {
  GymReader reader(options.database);
  const GymReader::Snapshot snapshot(reader);
  const auto zones = choose_zones(reader, options.split);
  const bool stored = options.frame == ExportFrame::stored;
  std::vector<std::string> names = {fmt::format("sample-{}-home", index)};
  if (options.parameters.task == Task::neighbor)
    names.push_back(fmt::format("sample-{}-neighbor", index));
  ViewExporter exporter(options, reader);
  exporter.plan(names, !stored);

  SampleMaker maker(options.database, zones, options.parameters);
  Sample sample;
  maker.make(index, sample);

  for (std::size_t view = 0; view < names.size(); ++view) {
    const Frame frame_iv = sample.frame_iv(static_cast<int>(view));
    exporter.write_atoms_of_view(names[view], sample.zone.assembly_id, frame_iv,
                                 stored ? Frame::Identity() : frame_iv);
    if (!stored)
      exporter.write_maps(names[view], std::as_const(sample.images).image(static_cast<int>(view)),
                          Eigen::Vector3d::Zero());
  }
  if (stored)
    exporter.summary_.note =
        "no maps: views are rotated against the stored coordinates, and a map cannot be rotated; "
        "use --frame view, or --zone for an image that is not rotated";
  return exporter.summary_;
}

ExportSummary export_zone(const ExportOptions& options, std::int64_t zone_id) {
  GymReader reader(options.database);
  const std::string name = fmt::format("zone-{}", zone_id);
  ViewExporter exporter(options, reader);
  exporter.plan({name}, true);
  // A sample of one view, at a given place instead of a random one.
  SampleParameters parameters = options.parameters;
  parameters.task = Task::single;
  ViewDrawer drawer(reader, parameters, std::make_shared<TileCache>(kDefaultTileCacheBytes));
  Sample sample;
  sample.zone = reader.zone(zone_id);
  sample.frame_ia = make_frame(sample.zone.center_A);
  drawer.draw(sample);

  const bool stored = options.frame == ExportFrame::stored;
  exporter.write_atoms_of_view(name, sample.zone.assembly_id, sample.frame_ia,
                               stored ? Frame::Identity() : sample.frame_ia);
  exporter.write_maps(name, sample.images.voxels(),
                      stored ? sample.zone.center_A : Eigen::Vector3d::Zero());
  return exporter.summary_;
}

ExportSummary export_assembly(const ExportOptions& options, const std::string& assembly) {
  const std::size_t slash = assembly.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == assembly.size())
    throw UsageError("'" + assembly +
                     "' is not an assembly; write PDBID/ASSEMBLY, for example 1abc/1");
  const std::string structure_pdb_id = assembly.substr(0, slash);
  const std::string assembly_pdb_id = assembly.substr(slash + 1);
  GymReader reader(options.database);
  AnnotatedAtomReader atom_reader(reader);
  const AssemblyId id = atom_reader.find_assembly(structure_pdb_id, assembly_pdb_id);
  const std::string name =
      fmt::format("{}-assembly-{}", safe_name(structure_pdb_id), safe_name(assembly_pdb_id));
  ViewExporter exporter(options, reader);
  exporter.plan({name}, false);
  const AnnotatedAtoms atoms = atom_reader.all(id.id);
  std::vector<std::size_t> all(atoms.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  exporter.write(name, atoms, all, Frame::Identity());
  if (atoms.size() < static_cast<std::size_t>(id.atom_count))
    exporter.summary_.note = fmt::format(
        "the database has {} of the {} atoms of the assembly; the others are farther than "
        "atom_inclusion_radius_A from all zones",
        atoms.size(), id.atom_count);
  return exporter.summary_;
}

}  // namespace mmgym
