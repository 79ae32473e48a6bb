#pragma once

#include "encoding/sample_record.h"
#include "shards/tar.h"

namespace mmgym {

/// Adds the files of a sample to an archive, in order. Throws what TarWriter::add throws.
void write_sample(TarWriter& tar, const SampleRecord& sample);

}  // namespace mmgym
