#include "bcif/binary_cif.h"

#include <string>
#include <utility>

#include "bcif/column_decoder.h"
#include "bcif/damage.h"
#include "bcif/memory_budget.h"
#include "bcif/message_pack.h"
#include "bcif/names.h"

namespace mmgym {

/// What all parts of a file share. For this source only.
struct WholeFile {
  WholeFile(std::string_view bytes, std::uint64_t most_bytes)
      : budget(std::make_shared<MemoryBudget>(most_bytes)), text(bytes, budget) {}

  std::shared_ptr<MemoryBudget> budget;
  MessagePackText text;
};

namespace {

/// Calls read(), and replaces Damage by BinaryCifError with the place.
template <typename Read>
auto at_place(const std::string& place, Read read) {
  try {
    return read();
  } catch (const Damage& damage) {
    throw BinaryCifError("not valid BinaryCIF: " + place + (place.empty() ? "" : ": ") +
                         damage.what);
  }
}

std::size_t rows_in(const PackedMap& category, std::uint64_t most_bytes) {
  const std::int64_t rows = category.integer("rowCount");
  if (rows < 0) throw Damage{"rowCount " + std::to_string(rows) + " is negative"};
  // A value and a separator.
  constexpr std::uint64_t kBytesPerRow = 2;
  if (static_cast<std::uint64_t>(rows) > most_bytes / kBytesPerRow)
    throw BinaryCifLimit(shown(category.text("name")) + " has " + std::to_string(rows) +
                         " rows, more than " + bytes_text(most_bytes) + " of text");
  return static_cast<std::size_t>(rows);
}

std::vector<std::string_view> names_of(const std::vector<PackedMap>& maps) {
  std::vector<std::string_view> names;
  names.reserve(maps.size());
  for (const PackedMap& map : maps) names.push_back(map.text("name"));
  return names;
}

/// The name of an item of a list, or its number.
std::string name_or_number(const PackedMap& item, const char* kind, std::size_t number) {
  try {
    return shown(item.text("name"));
  } catch (const Damage&) {
    return std::string(kind) + " " + std::to_string(number);
  }
}

}  // namespace

struct BinaryCategory::Content {
  Content(const PackedMap& category, std::shared_ptr<const WholeFile> whole)
      : file(std::move(whole)),
        name(category.text("name")),
        rows(rows_in(category, file->budget->most())),
        columns(category.maps("columns")),
        names(names_of(columns)),
        index(names) {
    if (columns.empty() && rows > 0) throw Damage{"there are rows without columns"};
  }

  std::shared_ptr<const WholeFile> file;
  std::string_view name;
  std::size_t rows;
  std::vector<PackedMap> columns;
  std::vector<std::string_view> names;
  NameIndex index;
};

BinaryCategory::BinaryCategory(std::shared_ptr<const Content> content)
    : content_(std::move(content)) {}

std::string_view BinaryCategory::name() const { return content_->name; }
std::size_t BinaryCategory::rows() const { return content_->rows; }
std::vector<std::string_view> BinaryCategory::column_names() const { return content_->names; }

bool BinaryCategory::has(std::string_view column) const {
  return content_->index.find(column).has_value();
}

BinaryColumn BinaryCategory::column(std::string_view name) const {
  const auto found = content_->index.find(name);
  if (!found) return BinaryColumn(content_->rows);
  const std::string place = shown(content_->name) + "." + shown(content_->names[*found]);
  return at_place(place, [&] {
    return decode_column(content_->columns[*found], content_->rows, content_->file->budget);
  });
}

struct BinaryBlock::Content {
  Content(const PackedMap& block, const std::shared_ptr<const WholeFile>& file)
      : header(block.text("header")) {
    const std::vector<PackedMap> maps = block.maps("categories");
    categories.reserve(maps.size());
    for (const PackedMap& map : maps) {
      const std::string place = name_or_number(map, "category", categories.size() + 1);
      categories.emplace_back(
          at_place(place, [&] { return std::make_shared<BinaryCategory::Content>(map, file); }));
    }
    index = NameIndex(names_of(maps));
  }

  std::string_view header;
  std::vector<BinaryCategory> categories;
  NameIndex index;
};

BinaryBlock::BinaryBlock(std::shared_ptr<const Content> content) : content_(std::move(content)) {}

std::string_view BinaryBlock::header() const { return content_->header; }

const std::vector<BinaryCategory>& BinaryBlock::categories() const { return content_->categories; }

const BinaryCategory* BinaryBlock::find(std::string_view name) const {
  const auto found = content_->index.find(name);
  return found ? &content_->categories[*found] : nullptr;
}

BinaryCif::BinaryCif(std::string_view bytes, std::uint64_t most_bytes) {
  at_place("", [&] {
    const auto file = std::make_shared<const WholeFile>(bytes, most_bytes);
    for (const PackedMap& block : file->text.root().maps("dataBlocks"))
      blocks_.emplace_back(std::make_shared<BinaryBlock::Content>(block, file));
  });
}

bool is_binary_cif(std::string_view bytes) {
  if (bytes.empty()) return false;
  // A map of up to 15, 2^16 or 2^32 items.
  const auto first = static_cast<unsigned char>(bytes.front());
  return (first >= 0x80 && first <= 0x8f) || first == 0xde || first == 0xdf;
}

}  // namespace mmgym
