#include "arrays.h"

#include <nanobind/ndarray.h>

#include <type_traits>
#include <utility>

namespace nb = nanobind;

namespace mmgym::python {
namespace {

using Shape = std::vector<std::size_t>;
using Array = nb::ndarray<nb::numpy>;

constexpr nb::dlpack::dtype kFloat16 = {static_cast<std::uint8_t>(nb::dlpack::dtype_code::Float),
                                        16, 1};

template <typename Values>
using Number = std::remove_cvref_t<decltype(*std::declval<Values>().data())>;

template <typename Values>
nb::dlpack::dtype type_of() {
  return nb::dtype<Number<Values>>();
}

/// Makes arrays that keep a batch in memory.
class ArrayMaker {
 public:
  explicit ArrayMaker(const std::shared_ptr<const Batch>& batch)
      : owner_(new std::shared_ptr<const Batch>(batch), [](void* pointer) noexcept {
          delete static_cast<std::shared_ptr<const Batch>*>(pointer);
        }) {}

  template <typename Values>
  nb::object make(const Values& values, const Shape& shape,
                  nb::dlpack::dtype type = type_of<Values>()) const {
    // Users may change the arrays, which are theirs until they give them back.
    auto* data = const_cast<Number<Values>*>(values.data());
    return nb::cast(Array(data, shape.size(), shape.data(), owner_, nullptr, type),
                    nb::rv_policy::reference);
  }

 private:
  nb::capsule owner_;
};

}  // namespace

nb::tuple arrays_of(const std::shared_ptr<const Batch>& batch, const BatchFormat& format,
                    const std::vector<std::uint64_t>& image_shape) {
  const ArrayMaker arrays(batch);
  const Shape samples = {batch->size()};
  const nb::object labels =
      batch->labels.empty() ? nb::none() : arrays.make(batch->labels, samples);
  const nb::object indices = arrays.make(batch->indices, samples);
  if (format.atoms) {
    const std::size_t atoms = batch->channel.size();
    return nb::make_tuple(format.dtype == BatchDtype::float64
                              ? arrays.make(batch->double_xyz_A, {atoms, 3})
                              : arrays.make(batch->xyz_A, {atoms, 3}),
                          arrays.make(batch->channel, {atoms}), arrays.make(batch->weight, {atoms}),
                          arrays.make(batch->image, {atoms}), labels, indices);
  }
  Shape shape = samples;
  shape.insert(shape.end(), image_shape.begin(), image_shape.end());
  return nb::make_tuple(format.dtype == BatchDtype::float32
                            ? arrays.make(batch->images, shape)
                            : arrays.make(batch->half_images, shape, kFloat16),
                        labels, indices);
}

}  // namespace mmgym::python
