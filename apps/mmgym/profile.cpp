#include "profile.h"

#include <fmt/format.h>

#include "pipeline/profile_samples.h"

namespace mmgym {

void ProfileCommand::setup(CLI::App& app) {
  app.add_option("database", database_, "A database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  app.add_option("--split", split_, "Take zones of this split (default: all zones)")
      ->type_name("NAME");
  app.add_option("--batches", batches_, "Number of batches")
      ->check(CLI::PositiveNumber)
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--batch-size", batch_size_, "Samples in a batch")
      ->check(CLI::PositiveNumber)
      ->capture_default_str()
      ->type_name("N");
  sample_.setup(app);
}

void ProfileCommand::run() {
  const SampleParameters parameters = sample_.parameters(split_);
  const SampleProfile profile =
      profile_samples(database_, split_, parameters, batches_ * batch_size_);
  fmt::print(
      "{} samples of {} view{} of {}^3 voxels of {:g} A, {:.0f} atoms a view, one thread\n\n{}",
      profile.samples, parameters.views(), parameters.views() == 1 ? "" : "s",
      parameters.length_voxels, parameters.resolution_A, profile.atoms_per_view,
      stage_table(profile.times));
  const double seconds =
      std::chrono::duration<double>(profile.times[Stage::sample].with_inner).count();
  fmt::print("\n{:.3f} ms a sample, {:.0f} samples a second\n",
             1e3 * seconds / static_cast<double>(profile.samples),
             static_cast<double>(profile.samples) / seconds);
}

}  // namespace mmgym
