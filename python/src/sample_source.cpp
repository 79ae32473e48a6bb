#include "sample_source.h"

#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "arrays.h"
#include "base/errors.h"
#include "batch_iterator.h"
#include "encoding/atoms_npz.h"
#include "encoding/encode_sample.h"
#include "encoding/sample_json.h"
#include "process_local.h"
#include "sampling/empty_views.h"
#include "sampling/sample_settings.h"
#include "shards/normalization.h"

namespace nb = nanobind;

namespace mmgym::python {
namespace {

/// Returns the keyword argument of a setting: its flag, noise_distance for --noise-distance.
std::string keyword_of(const SampleSetting& setting) {
  std::string keyword = flag_of(setting.name()).substr(2);
  std::ranges::replace(keyword, '-', '_');
  return keyword;
}

/// The settings of samples, as pairs of keyword and help text.
std::vector<std::pair<std::string, std::string>> setting_keywords() {
  std::vector<std::pair<std::string, std::string>> keywords;
  for (const SampleSetting& setting : sample_settings())
    keywords.emplace_back(keyword_of(setting), setting.help);
  return keywords;
}

SampleRequest request(const std::string& preset,
                      const std::map<std::string, std::string>& settings) {
  SampleRequest request;
  request.preset = preset;
  for (const SampleSetting& setting : sample_settings())
    if (const auto given = settings.find(keyword_of(setting)); given != settings.end())
      request.set(setting, given->second);
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
      batch->reset(format_, source_.parameters, value_count(), 1);
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

  std::size_t value_count() const {
    std::size_t count = 1;
    for (const std::uint64_t length : shape()) count *= length;
    return count;
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

std::unique_ptr<Samples> open_samples(
    const std::string& database, const std::string& preset,
    const std::map<std::string, std::string>& settings, const std::optional<std::string>& split,
    std::optional<double> max_difficulty, std::uint64_t start, std::uint64_t count,
    std::uint64_t seed, int threads, std::uint64_t tile_cache_MiB, const std::string& form,
    const std::string& dtype, const std::optional<std::string>& normalize,
    const std::vector<float>& channel_mean, const std::vector<float>& channel_std) {
  SampleSource source;
  source.database = database;
  source.split = split.value_or("");
  source.parameters = request(preset, settings).parameters(source.split);
  source.parameters.channel_mean = channel_mean;
  source.parameters.channel_std = channel_std;
  if (normalize) normalize_like(*normalize, source.parameters);
  source.max_difficulty = max_difficulty;
  source.threads = threads;
  source.tile_cache_bytes = tile_cache_MiB << 20;
  return std::make_unique<Samples>(source, batch_format(form, dtype), start, count, seed);
}

}  // namespace

void add_sample_source(nb::module_& module) {
  using namespace nb::literals;
  module.def("setting_keywords", &setting_keywords);
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
  module.def("open_samples", &open_samples, nb::kw_only(), "database"_a, "preset"_a, "settings"_a,
             "split"_a.none(), "max_difficulty"_a.none(), "start"_a, "count"_a, "seed"_a,
             "threads"_a, "tile_cache_MiB"_a, "form"_a, "dtype"_a, "normalize"_a.none(),
             "channel_mean"_a, "channel_std"_a);
}

}  // namespace mmgym::python
