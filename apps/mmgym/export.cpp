#include "export.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "numbers.h"

namespace mmgym {

void ExportCommand::setup(CLI::App& app) {
  app.add_option("database", database_, "A database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  auto* what = app.add_option_group("What");
  auto* zone = add_whole_number(*what, "--zone", zone_,
                                "The atoms around this zone's center, and an image, not turned")
                   ->type_name("ID");
  add_whole_number(*what, "--sample", index_, "The atoms and images of the views of this sample")
      ->type_name("I");
  auto* assembly =
      what->add_option("--assembly", assembly_, "All atoms of an assembly, in stored coordinates")
          ->type_name("PDBID/ASM");
  what->require_option(1);
  app.add_option("--out", out_, "The folder for the files")->required()->type_name("DIR");
  output_.setup(app);
  app.add_option_function<std::string>(
         "--frame",
         [this](const std::string& text) {
           frame_ = read_flag("--frame", [&] { return value_named<ExportFrame>(text); });
         },
         "Coordinates. stored: those of the PDB entry's assembly; view: those of each "
         "image, its center being the origin (default: stored for zones, view for samples, "
         "whose maps can be had in no other)")
      ->type_name("TEXT:{" + joined_names<ExportFrame>(",") + "}")
      ->excludes(assembly);
  add_number(app, "--margin", margin_A_, "Write atoms up to this far outside the image too",
             kNotNegative)
      ->excludes(assembly)
      ->type_name("A");
  app.add_option("--split", split_, "Count samples in this split (default: all zones)")
      ->excludes(zone)
      ->excludes(assembly)
      ->type_name("NAME");
  sample_.setup(app);
  // What has no effect is refused.
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
    // export makes the folder.
    if (std::filesystem::exists(out_)) output_.check(file);
  };
  const ExportSummary summary = index_  ? export_sample(options, *index_)
                                : zone_ ? export_zone(options, *zone_)
                                        : export_assembly(options, assembly_);
  for (const auto& file : summary.files) fmt::print("{}\n", file.string());
  if (!summary.note.empty()) spdlog::warn("{}", summary.note);
}

}  // namespace mmgym
