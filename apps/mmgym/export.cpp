#include "export.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "checks.h"
#include "export/export_gym.h"

namespace mmgym {

void ExportCommand::setup(CLI::App& app) {
  app.add_option("database", database_, "A database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  auto* what = app.add_option_group("What");
  auto* zone = what->add_option("--zone", zone_,
                                "The atoms around this zone's center, and an image, not turned")
                   ->check(whole_number_from(0))
                   ->type_name("ID");
  what->add_option("--sample", index_, "The atoms and images of the views of this sample")
      ->check(whole_number_from(0))
      ->type_name("I");
  auto* assembly =
      what->add_option("--assembly", assembly_, "All atoms of an assembly, in stored coordinates")
          ->type_name("PDBID/ASM");
  what->require_option(1);
  app.add_option("--out", out_, "The folder for the files")->required()->type_name("DIR");
  app.add_option("--frame", frame_,
                 "Coordinates. stored: those of the PDB entry's assembly; view: those of each "
                 "image, its center being the origin (default: stored for zones, view for samples, "
                 "whose maps can be had in no other)")
      ->check(CLI::IsMember({"stored", "view"}))
      ->excludes(assembly);
  app.add_option("--margin", margin_A_, "Write atoms up to this far outside the image too")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str()
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
  for (const char* of_samples :
       {"--task", "--directions", "--padding", "--distance", "--noise-distance", "--noise-angle"})
    zone->excludes(app.get_option(of_samples));
}

void ExportCommand::run() {
  ExportOptions options;
  options.database = database_;
  options.folder = out_;
  options.parameters = sample_.parameters(split_);
  options.split = split_;
  options.margin_A = margin_A_;
  const bool stored = frame_.empty() ? zone_.has_value() : frame_ == "stored";
  options.frame = stored ? ExportFrame::stored : ExportFrame::view;
  const ExportSummary summary = index_  ? export_sample(options, *index_)
                                : zone_ ? export_zone(options, *zone_)
                                        : export_assembly(options, assembly_);
  for (const auto& file : summary.files) fmt::print("{}\n", file.string());
  if (!summary.note.empty()) spdlog::warn("{}", summary.note);
}

}  // namespace mmgym
