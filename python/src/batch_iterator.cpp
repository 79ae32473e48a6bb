#include "batch_iterator.h"

#include <utility>

#include "arrays.h"

namespace nb = nanobind;

namespace mmgym::python {

BatchIterator::BatchIterator(const std::shared_ptr<SampleSet>& samples, const BatchOrder& order,
                             const BatchReaderOptions& options,
                             std::vector<std::uint64_t> image_shape)
    : format_(options.format),
      image_shape_(std::move(image_shape)),
      reader_(std::make_shared<BatchReader>(samples, order, options)) {}

nb::tuple BatchIterator::next() {
  if (closed_) throw nb::value_error("this iterator is closed");
  if (!reader_.is_here())
    throw nb::value_error("this iterator was made in another process; make one here");
  BatchReader& reader = *reader_.get();
  // Short waits, so that Ctrl-C is noticed.
  constexpr std::chrono::milliseconds kWait{100};
  while (true) {
    bool ready = false;
    {
      const nb::gil_scoped_release release;
      ready = reader.wait_for(kWait);
    }
    if (ready) break;
    if (closed_) throw nb::value_error("this iterator is closed");
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
  }
  const auto batch = reader.next();
  if (batch == nullptr) throw nb::stop_iteration();
  return arrays_of(batch, format_, image_shape_);
}

void BatchIterator::close() {
  closed_ = true;
  if (!reader_.is_here()) return;
  const nb::gil_scoped_release release;
  reader_.get()->close();
}

void add_batch_iterator(nb::module_& module) {
  nb::class_<BatchIterator>(module, "BatchIterator", nb::is_weak_referenceable())
      .def("__iter__", [](nb::object self) { return self; })
      .def("__next__", &BatchIterator::next)
      .def("close", &BatchIterator::close);
}

}  // namespace mmgym::python
