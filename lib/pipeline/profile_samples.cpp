#include "pipeline/profile_samples.h"

#include "pipeline/encode_sample.h"
#include "sampling/sample_maker.h"
#include "sampling/sample_order.h"
#include "sampling/zone_choice.h"

namespace mmgym {

SampleProfile profile_samples(const std::filesystem::path& database, const std::string& split,
                              const SampleParameters& parameters, std::uint64_t count) {
  GymReader reader(database);
  const auto zones = choose_zones(reader, split);
  SampleMaker maker(database, zones, parameters);
  const SampleOrder order(zones.size(), 0, zones.size(), 0);
  SampleProfile profile;
  profile.samples = count;
  SampleEncoder encoder(parameters, maker.channels(), {}, true);
  ObjectPool<Sample> samples;
  std::size_t atoms = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const StageTimer timer(&profile.times, Stage::sample);
    const auto sample = samples.get();
    maker.make(order.index(i % zones.size()) + i / zones.size() * zones.size(), *sample,
               &profile.times);
    const StageTimer encoding(&profile.times, Stage::encode);
    encoder.encode(sample);
    atoms += sample->atoms_drawn[0] + sample->atoms_drawn[1];
  }
  profile.atoms_per_view =
      static_cast<double>(atoms) / static_cast<double>(count * parameters.views());
  return profile;
}

}  // namespace mmgym
