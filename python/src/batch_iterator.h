#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "batches/batch_reader.h"
#include "process_local.h"

namespace mmgym::python {

/// An iterator over batches (class `BatchIterator` of the module).
class BatchIterator {
 public:
  BatchIterator(const std::shared_ptr<SampleSet>& samples, const BatchOrder& order,
                const BatchReaderOptions& options, std::vector<std::uint64_t> image_shape);

  /// Returns the arrays of the next batch (arrays_of). Throws StopIteration after the last, and
  /// ValueError if the iterator was closed or is a copy in a forked process.
  nanobind::tuple next();

  /// Stops the threads.
  void close();

 private:
  BatchFormat format_;
  std::vector<std::uint64_t> image_shape_;
  ProcessLocal<BatchReader> reader_;
  bool closed_ = false;
};

void add_batch_iterator(nanobind::module_& module);

}  // namespace mmgym::python
