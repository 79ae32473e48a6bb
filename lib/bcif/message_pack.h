#pragma once

#include <cstdint>
#include <memory>
#include <msgpack/object_fwd.hpp>
#include <string_view>
#include <vector>

#include "bcif/memory_budget.h"

// For this folder only: it uses msgpack's types.

namespace mmgym {

/// A map of a MessagePack text, with texts as keys. Of several equal keys, the first counts. It is
/// valid as long as the MessagePackText. All functions throw Damage "KEY is missing" or "KEY is
/// not ...".
class PackedMap {
 public:
  /// `object` must be a map.
  explicit PackedMap(const msgpack::object& object) : object_(&object) {}

  /// Whether the key has a value other than nil.
  bool has(std::string_view key) const;
  /// A text, or binary data.
  std::string_view text(std::string_view key) const;
  /// The same, for a value that is to be binary data.
  std::string_view bytes(std::string_view key) const;
  /// An integer, which may be stored as a floating-point number: JavaScript's writers do so beyond
  /// 32 bits.
  std::int64_t integer(std::string_view key) const;
  /// A finite number.
  double number(std::string_view key) const;
  bool flag(std::string_view key) const;
  PackedMap map(std::string_view key) const;
  std::vector<PackedMap> maps(std::string_view key) const;

 private:
  const msgpack::object* find(std::string_view key) const;
  const msgpack::object& at(std::string_view key) const;

  const msgpack::object* object_;
};

/// A MessagePack text, parsed. Texts and binary data are not copied: the bytes must outlive it.
class MessagePackText {
 public:
  /// Throws Damage if the bytes are not exactly one map, or are nested deeper than BinaryCIF can
  /// be. Throws BinaryCifLimit before it uses more memory than the budget has.
  MessagePackText(std::string_view bytes, const std::shared_ptr<MemoryBudget>& budget);
  ~MessagePackText();
  MessagePackText(const MessagePackText&) = delete;
  MessagePackText& operator=(const MessagePackText&) = delete;

  PackedMap root() const;

 private:
  struct Objects;
  BudgetShare share_;
  std::unique_ptr<Objects> objects_;
};

}  // namespace mmgym
