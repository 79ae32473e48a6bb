#include "sampling/sample_set.h"

#include "base/fork_gate.h"
#include "base/machine_memory.h"
#include "sampling/image_memory.h"
#include "sampling/zone_choice.h"
#include "voxel/channels.h"

namespace mmgym {

SampleSet::SampleSet(const SampleSource& source)
    : source_(source),
      reader_(source.database),
      makers_([this, cache = std::make_shared<TileCache>(source.tile_cache_bytes)] {
        auto maker =
            std::make_unique<SampleMaker>(source_.database, zones_, source_.parameters, cache);
        if (maker->database_id() != database_id_) throw_database_changed(source_.database);
        return maker;
      }),
      channels_(
          ChannelMap(source.parameters.channels, source.parameters.ligand_channel).channels()) {
  {
    const GymReader::Snapshot snapshot(reader_);
    database_id_ = reader_.database_id();
    zones_ = choose_zones(reader_, source.split, source.max_difficulty);
    source_.split = resolve_split(reader_, source.split);
  }
  check_image_memory(source.parameters, channels_, static_cast<std::uint64_t>(source.threads),
                     machine_memory());
  makers_.get();  // reports wrong parameters before anything is written
}

std::shared_ptr<Sample> SampleSet::make(std::uint64_t index) {
  const ForkGate::Section section;
  const auto maker = makers_.get();
  auto sample = samples_.get();
  maker->make(index, *sample);
  return sample;
}

}  // namespace mmgym
