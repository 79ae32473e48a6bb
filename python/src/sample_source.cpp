#include "sample_source.h"

#include <nanobind/stl/map.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arrays.h"
#include "base/errors.h"
#include "base/text.h"
#include "batch_iterator.h"
#include "encoding/atoms_npz.h"
#include "encoding/encode_sample.h"
#include "encoding/sample_json.h"
#include "process_local.h"
#include "sampling/empty_views.h"
#include "sampling/sample_settings.h"
#include "settings/number_range.h"
#include "shards/normalization.h"

namespace nb = nanobind;

namespace mmgym::python {
namespace {

/// Settings as text by keyword: the flags of `mmgym sample` with underscores. Each is taken once.
class Keywords {
 public:
  explicit Keywords(std::map<std::string, std::string> texts) : texts_(std::move(texts)) {}

  std::optional<std::string> take(const std::string& keyword) {
    const auto found = texts_.find(keyword);
    if (found == texts_.end()) return std::nullopt;
    std::string text = std::move(found->second);
    texts_.erase(found);
    return text;
  }

  template <std::integral T>
  T take_whole_number(const std::string& keyword, T otherwise, T least = 0,
                      T most = std::numeric_limits<T>::max()) {
    const auto text = take(keyword);
    if (!text) return otherwise;
    return read_flag(flag(keyword), [&] { return read_whole_number<T>(*text, least, most); });
  }

  /// Reads numbers that are separated by commas.
  std::vector<float> take_numbers(const std::string& keyword) {
    constexpr double kMost = std::numeric_limits<float>::max();
    std::vector<float> numbers;
    const std::string text = take(keyword).value_or("");
    if (text.empty()) return numbers;
    for (const std::string_view item : split_at(text, ','))
      numbers.push_back(static_cast<float>(read_flag(flag(keyword), [&] {
        return read_number(item, {-kMost, kMost});
      })));
    return numbers;
  }

  /// Throws UsageError if a text was not taken.
  void require_none_left() const {
    if (!texts_.empty()) throw UsageError("there is no setting '" + texts_.begin()->first + "'");
  }

  static std::string flag(std::string keyword) {
    std::ranges::replace(keyword, '_', '-');
    return "--" + keyword;
  }

 private:
  std::map<std::string, std::string> texts_;
};

SampleRequest take_request(Keywords& keywords) {
  SampleRequest request;
  request.preset = keywords.take("preset").value_or(request.preset);
  for (const SampleSetting& setting : sample_settings()) {
    std::string keyword = flag_of(setting.name()).substr(2);
    std::ranges::replace(keyword, '-', '_');
    if (const auto text = keywords.take(keyword)) request.set(setting, *text);
  }
  return request;
}

BatchFormat batch_format(const std::string& form, const std::string& dtype) {
  if (form != "images" && form != "atoms")
    throw UsageError("form: '" + form + "' is not one of images, atoms");
  const BatchFormat format{form == "atoms", value_named<BatchDtype>(dtype)};
  check(format);
  return format;
}

/// Samples of a database with the same settings: samples start, start + 1, ...
class Samples {
 public:
  Samples(const SampleSource& source, const BatchFormat& format, std::uint64_t start,
          std::uint64_t count, std::uint64_t seed)
      : source_(with_content(source, format)),
        format_(format),
        start_(start),
        seed_(seed),
        samples_(std::make_shared<SampleSet>(source_)),
        has_count_(count != 0),
        length_(has_count_ ? count : samples_.get()->zones()) {}

  std::uint64_t length() const { return length_; }

  std::vector<std::uint64_t> shape() const {
    return image_shape(source_.parameters, samples_.get()->channels());
  }

  /// Returns the arrays of a sample (arrays_of, with one sample), the text of KEY.json, and
  /// KEY.atoms.npz (empty without SampleParameters::with_atoms).
  nb::tuple sample(std::uint64_t i) {
    const auto batch = std::make_shared<Batch>();
    std::string info, atoms;
    const auto& samples = here();
    {
      const nb::gil_scoped_release release;
      const auto made = samples->make(start_ + i);
      batch->reset(format_, source_.parameters, samples->channels(), 1);
      batch->put(0, *made);
      batch->finish();
      info = sample_json(*made, source_.parameters);
      if (source_.parameters.with_atoms) atoms = atoms_npz(*made);
    }
    return nb::make_tuple(arrays_of(batch, format_, shape()), info,
                          nb::bytes(atoms.data(), atoms.size()));
  }

  std::uint64_t batches_per_epoch(std::uint64_t batch_size, std::uint64_t world_size,
                                  bool drop_last) {
    return order({batch_size, 1, 0, world_size, drop_last}).batches_per_epoch();
  }

  std::unique_ptr<BatchIterator> batches(const BatchOptions& options, std::uint64_t first,
                                         std::uint64_t step, int threads) {
    if (source_.parameters.with_atoms)
      throw UsageError("with_atoms: only single samples list atoms, batches do not");
    if (step == 0) throw UsageError("step: '0' is not a whole number from 1 on");
    return std::make_unique<BatchIterator>(
        here(), order(options), BatchReaderOptions{format_, threads, first, step}, shape());
  }

  std::string warning() { return empty_views_warning(*here()); }

  std::string database_id() const { return samples_.get()->database_id(); }

 private:
  static SampleSource with_content(SampleSource source, const BatchFormat& format) {
    set_content(format, source.parameters);
    return source;
  }

  BatchOrder order(const BatchOptions& options) const {
    if (has_count_ && options.epochs != 1)
      throw UsageError("epochs: samples with a count have one epoch; remove epochs or count");
    return {samples_.get()->zones(), start_, length_, seed_, options};
  }

  /// Returns the samples of this process.
  const std::shared_ptr<SampleSet>& here() {
    if (!samples_.is_here()) samples_.set(std::make_shared<SampleSet>(source_));
    return samples_.get();
  }

  SampleSource source_;
  BatchFormat format_;
  std::uint64_t start_;
  std::uint64_t seed_;
  ProcessLocal<SampleSet> samples_;
  bool has_count_;
  std::uint64_t length_;
};

std::unique_ptr<Samples> open_samples(const std::string& database,
                                      const std::map<std::string, std::string>& settings) {
  Keywords keywords(settings);
  SampleSource source;
  source.database = database;
  source.split = keywords.take("split").value_or("");
  source.parameters = take_request(keywords).parameters(source.split);
  const auto mean = keywords.take_numbers("channel_mean");
  const auto deviation = keywords.take_numbers("channel_std");
  set_normalization(keywords.take("normalize").value_or(""), mean, deviation, source.parameters);
  if (const auto text = keywords.take("max_difficulty"))
    source.max_difficulty = read_flag("--max-difficulty", [&] { return read_number(*text, {}); });
  source.threads = keywords.take_whole_number("threads", 1, 1, 1024);
  source.tile_cache_bytes =
      keywords.take_whole_number("tile_cache", kDefaultTileCacheBytes >> 20, std::size_t{0},
                                 std::numeric_limits<std::size_t>::max() >> 20)
      << 20;
  const auto form = keywords.take("form").value_or("images");
  const auto format = batch_format(form, keywords.take("dtype").value_or("float32"));
  const auto start = keywords.take_whole_number("start", std::uint64_t{0});
  const auto count = keywords.take_whole_number("count", std::uint64_t{0}, std::uint64_t{1});
  const auto seed = keywords.take_whole_number("seed", std::uint64_t{0});
  keywords.require_none_left();
  return std::make_unique<Samples>(source, format, start, count, seed);
}

}  // namespace

void add_sample_source(nb::module_& module) {
  using namespace nb::literals;
  module.def(
      "splits", [](const std::string& database) { return GymReader(database).splits(); },
      "database"_a);
  nb::class_<Samples>(module, "SampleSource")
      .def_prop_ro("length", &Samples::length)
      .def_prop_ro("shape", &Samples::shape)
      .def("warning", &Samples::warning)
      .def_prop_ro("database_id", &Samples::database_id)
      .def("sample", &Samples::sample, "i"_a)
      .def("batches_per_epoch", &Samples::batches_per_epoch, "batch_size"_a, "world_size"_a,
           "drop_last"_a)
      .def(
          "batches",
          [](Samples& samples, std::uint64_t batch_size, std::uint64_t epochs, std::uint64_t rank,
             std::uint64_t world_size, bool drop_last, std::uint64_t first, std::uint64_t step,
             int threads) {
            return samples.batches({batch_size, epochs, rank, world_size, drop_last}, first, step,
                                   threads);
          },
          nb::kw_only(), "batch_size"_a, "epochs"_a, "rank"_a, "world_size"_a, "drop_last"_a,
          "first"_a, "step"_a, "threads"_a);
  module.def("open_samples", &open_samples, "database"_a, "settings"_a);
}

}  // namespace mmgym::python
