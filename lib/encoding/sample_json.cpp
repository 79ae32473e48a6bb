#include "encoding/sample_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>

namespace mmgym {
namespace {

/// Writes JSON text directly, without the tree of objects that a JSON library would make for each
/// sample.
class JsonText {
 public:
  JsonText& raw(std::string_view text) {
    text_ += text;
    return *this;
  }
  template <typename Number>
  JsonText& number(Number value) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return raw({digits.data(), end});
  }
  JsonText& string(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
      return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    });
    if (plain) return raw("\"").raw(text).raw("\"");
    using nlohmann::json;
    return raw(json(text).dump(-1, ' ', false, json::error_handler_t::replace));
  }
  template <typename Numbers>
  JsonText& list(const Numbers& numbers) {
    const char* separator = "[";
    for (const auto number_ : numbers) {
      raw(separator).number(number_);
      separator = ",";
    }
    return raw("]");
  }
  JsonText& rows(const Frame& frame) {
    for (int i = 0; i < 4; ++i) {
      const auto& m = frame.matrix();
      raw(i == 0 ? "[" : ",").list(std::array{m(i, 0), m(i, 1), m(i, 2), m(i, 3)});
    }
    return raw("]");
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string sample_json(const Sample& sample, const SampleParameters& parameters) {
  const ZoneInfo& zone = sample.zone;
  JsonText text;
  text.raw("{\"index\":").number(sample.index);
  text.raw(",\"zone_id\":").number(zone.zone_id);
  text.raw(",\"pdb_id\":").string(zone.structure_pdb_id);
  text.raw(",\"model_id\":").string(zone.model_id);
  text.raw(",\"assembly_pdb_id\":").string(zone.assembly_pdb_id);
  text.raw(",\"split\":");
  zone.split.empty() ? text.raw("null") : text.string(zone.split);
  text.raw(",\"zone_center_A\":").list(zone.center_A);
  text.raw(",\"frame_ia\":").rows(sample.frame_ia);
  if (parameters.task == Task::neighbor) text.raw(",\"frame_ab\":").rows(sample.frame_ab);
  text.raw(",\"atoms_drawn\":")
      .list(std::span(sample.atoms_drawn).first(static_cast<std::size_t>(parameters.views())));
  return text.raw("}").take();
}

}  // namespace mmgym
