#include "show.h"

#include <fmt/format.h>

#include "base/durable_file.h"
#include "base/errors.h"
#include "base/text.h"
#include "checks.h"
#include "numbers.h"
#include "picture/show_samples.h"

namespace mmgym {

void ShowCommand::setup(CLI::App& app) {
  app_ = &app;
  app.add_option("path", path_, "Database made by build-db, or folder made by sample")
      ->required()
      ->type_name("GYM.SQLITE|SHARDS");
  add_whole_number(app, "--sample", index_,
                   "Index of the sample, or of the first sample of a montage")
      ->type_name("I");
  app.add_option("--out", out_, "Output file")
      ->required()
      ->check(name_that_ends_in(".png"))
      ->type_name("FILE.png");
  add_whole_number(app, "--montage", montage_, "Number of samples to draw in one picture", 1)
      ->default_str("")
      ->type_name("N");
  app.add_option(
         "--split", split_,
         "Split that --sample counts in; all: every zone. The same index is another zone in "
         "another split")
      ->capture_default_str()
      ->type_name("NAME");
  output_.setup(app);
  sample_.setup(app);
}

void ShowCommand::run() {
  output_.check(out_);
  const std::uint64_t count = montage_ == 0 ? 1 : montage_;
  ShownSamples shown;
  if (means_shards(path_)) {
    for (const auto* option : app_->get_options())
      if (option->count() > 0 &&
          (option->get_group() == "Images" || option->get_name() == "--split"))
        throw UsageError(option->get_name() + " has no effect on shards; give a database");
    shown = samples_of_shards(path_, index_, count);
    const std::uint64_t found = shown.samples.front().index;
    if (montage_ == 0 && found != index_)
      throw DataError(fmt::format("{}: no sample {}; the next is {}", path_, index_, found));
  } else {
    shown = samples_of_database(path_, split_, sample_.request().parameters(split_), index_, count);
  }
  write_durably(out_, [&](const std::filesystem::path& temporary) {
    if (montage_ == 0)
      draw_sample(temporary, shown.kind, shown.samples.front());
    else
      draw_montage(temporary, shown.kind, shown.samples);
  });
  fmt::print("{}\n", printable(out_));
}

}  // namespace mmgym
