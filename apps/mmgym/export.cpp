#include "export.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/text.h"
#include "numbers.h"

namespace mmgym {

void ExportCommand::setup(CLI::App& app) {
  app.add_option("database", database_, "Database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  auto* selection = app.add_option_group("Selection");
  auto* zone = add_whole_number(*selection, "--zone", zone_,
                                "Export the atoms around a zone's center and an unrotated image")
                   ->type_name("ID");
  add_whole_number(*selection, "--sample", index_,
                   "Export the atoms and images of all views of a sample")
      ->type_name("I");
  auto* assembly = selection
                       ->add_option("--assembly", assembly_,
                                    "Export all atoms of an assembly, in stored coordinates")
                       ->type_name("PDBID/ASM");
  selection->require_option(1);
  app.add_option("--out", out_, "Output folder")->required()->type_name("DIR");
  output_.setup(app);
  app.add_option_function<std::string>(
         "--frame",
         [this](const std::string& text) {
           frame_ = read_flag("--frame", [&] { return value_named<ExportFrame>(text); });
         },
         "Coordinate system. stored: the PDB entry's assembly; view: each image, with the origin "
         "at its center (default: stored for --zone, view for --sample). Maps of samples are "
         "written in view only")
      ->type_name("TEXT:{" + joined_names<ExportFrame>(",") + "}")
      ->excludes(assembly);
  add_number(app, "--margin", margin_A_,
             "Also write atoms up to this distance outside the image, at most 1000",
             NumberRange{0, 1000})
      ->excludes(assembly)
      ->type_name("A");
  app.add_option(
         "--split", split_,
         "Split that --sample counts in; all: every zone. The same index is another zone in "
         "another split")
      ->capture_default_str()
      ->excludes(zone)
      ->excludes(assembly)
      ->type_name("NAME");
  sample_.setup(app);
  // Flags without effect are refused.
  for (auto* option :
       app.get_options([](const CLI::Option* o) { return o->get_group() == "Images"; }))
    assembly->excludes(option);
  for (const SampleSetting& setting : sample_settings())
    if (setting.kind == SettingKind::task || setting.kind == SettingKind::neighbor)
      zone->excludes(app.get_option(flag_of(setting.name())));
}

void ExportCommand::run() {
  ExportOptions options;
  options.database = database_;
  options.folder = out_;
  options.parameters = sample_.request().parameters(split_);
  options.split = split_;
  options.margin_A = margin_A_;
  options.frame = frame_.value_or(zone_ ? ExportFrame::stored : ExportFrame::view);
  options.on_planned = [this](const std::filesystem::path& file) {
    // The export creates a missing folder.
    if (std::filesystem::exists(out_)) output_.check(file);
  };
  const ExportSummary summary = index_  ? export_sample(options, *index_)
                                : zone_ ? export_zone(options, *zone_)
                                        : export_assembly(options, assembly_);
  for (const auto& file : summary.files) fmt::print("{}\n", printable(file.string()));
  if (!summary.note.empty()) spdlog::warn("{}", summary.note);
}

}  // namespace mmgym
