// How the atoms of a tile are stored. All numbers are little-endian.
//
// DRAWING (table atom_tile), 10 bytes an atom and 3 more:
//
//     u8       layout = 1
//     u16      n, the number of atoms
//     u16[n]   x, then y, then z: distance from the tile's low corner in units of 0.0005 A, so that
//              the three decimals of mmCIF are kept exactly
//     u16[n]   occupancy in units of 1/10000
//     u8[n]    atomic number
//     u8[n]    AtomFlags
//
// ANNOTATION (table atom_annotation):
//
//     u8       layout = 1
//     u16      number of strings;  each: u8 length, bytes
//     u16      number of residues; each:
//                u16 chain, subchain, entity, comp and author's sequence id, as string numbers
//                i32 seq_id, -2^31 for none
//                u32 symmetry_mate
//                i16 polymer_label, i16 cath_label; -1 for none
//     u16      n, the number of atoms
//     u16[n]   residue
//     u16[n]   atom name, as a string number
//     u8[n]    alt_id, 0 for none
//     f32[n]   b_factor

#include "database/tile_codec.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <unordered_map>

namespace mmgym {
namespace {

static_assert(std::endian::native == std::endian::little,
              "numbers are copied to blobs without a change of byte order");

constexpr std::uint8_t kLayout = 1;
constexpr double kUnit_A = 0.0005;
constexpr float kOccupancyUnits = 10000;
constexpr std::size_t kMostItems = std::numeric_limits<std::uint16_t>::max();
constexpr std::int32_t kNoSeqId = std::numeric_limits<std::int32_t>::min();

class Writer {
 public:
  template <typename T>
  void put(T value) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
    bytes_.insert(bytes_.end(), bytes, bytes + sizeof(T));
  }
  void put_count(std::size_t count, const std::string& items) {
    if (count > kMostItems)
      throw InputError(fmt::format("{} {}; at most {} can be stored", count, items, kMostItems));
    put(static_cast<std::uint16_t>(count));
  }
  void append(std::span<const std::uint8_t> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {
    if (get<std::uint8_t>() != kLayout)
      throw DamagedTile("an atom tile has a layout unknown to this version of mmgym");
  }

  template <typename T>
  T get() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  /// Takes the bytes of a column. Its numbers may be unaligned.
  std::span<const std::uint8_t> take(std::size_t size) {
    if (bytes_.size() < size) throw DamagedTile("an atom tile is cut short");
    const auto taken = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return taken;
  }
  void expect_end() const {
    if (!bytes_.empty()) throw DamagedTile("an atom tile has extra bytes at its end");
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

template <typename T>
T item(std::span<const std::uint8_t> column, std::size_t i) {
  T value;
  std::memcpy(&value, column.data() + i * sizeof(T), sizeof(T));
  return value;
}

}  // namespace

void DrawingAtoms::clear() {
  x_A.clear();
  y_A.clear();
  z_A.clear();
  occupancy.clear();
  element.clear();
  flags.clear();
}

Eigen::Vector3d stored_position_A(const Eigen::Vector3i& tile, const Eigen::Vector3d& position_A,
                                  double edge_A) {
  Eigen::Vector3d stored_A;
  for (int axis = 0; axis < 3; ++axis) {
    const double low_A = tile[axis] * edge_A;
    stored_A[axis] =
        low_A + kUnit_A * static_cast<double>(std::lround((position_A[axis] - low_A) / kUnit_A));
  }
  return stored_A;
}

std::vector<std::uint8_t> encode_drawing(const Eigen::Vector3i& tile, const DrawingAtoms& atoms,
                                         double edge_A) {
  const Eigen::Vector3d low = tile.cast<double>() * edge_A;
  Writer out;
  out.put(kLayout);
  out.put_count(atoms.size(), fmt::format("atoms in one cube of {:g} A", edge_A));
  const auto put_axis = [&out](const std::vector<double>& values_A, double low_A) {
    for (const double value_A : values_A)
      out.put(static_cast<std::uint16_t>(std::lround((value_A - low_A) / kUnit_A)));
  };
  put_axis(atoms.x_A, low.x());
  put_axis(atoms.y_A, low.y());
  put_axis(atoms.z_A, low.z());
  for (const float occupancy : atoms.occupancy)
    out.put(static_cast<std::uint16_t>(std::lround(occupancy * kOccupancyUnits)));
  for (const Element element : atoms.element) out.put(element);
  for (const std::uint8_t flags : atoms.flags) out.put(flags);
  return out.take();
}

void decode_drawing(const Eigen::Vector3i& tile, std::span<const std::uint8_t> blob,
                    DrawingAtoms& atoms, double edge_A) {
  Reader in(blob);
  const std::size_t n = in.get<std::uint16_t>();
  const std::size_t first = atoms.size();
  const Eigen::Vector3d low = tile.cast<double>() * edge_A;
  const auto get_axis = [&](std::vector<double>& values_A, double low_A) {
    const auto column = in.take(n * sizeof(std::uint16_t));
    values_A.resize(first + n);
    for (std::size_t i = 0; i < n; ++i)
      values_A[first + i] = low_A + kUnit_A * item<std::uint16_t>(column, i);
  };
  get_axis(atoms.x_A, low.x());
  get_axis(atoms.y_A, low.y());
  get_axis(atoms.z_A, low.z());
  const auto occupancies = in.take(n * sizeof(std::uint16_t));
  atoms.occupancy.resize(first + n);
  for (std::size_t i = 0; i < n; ++i)
    atoms.occupancy[first + i] =
        static_cast<float>(item<std::uint16_t>(occupancies, i)) / kOccupancyUnits;
  const auto elements = in.take(n);
  atoms.element.insert(atoms.element.end(), elements.begin(), elements.end());
  const auto flags = in.take(n);
  atoms.flags.insert(atoms.flags.end(), flags.begin(), flags.end());
  in.expect_end();
  for (const Element element : elements)
    if (element > kLastElement) throw DamagedTile("an atom tile has an invalid element");
}

std::vector<std::uint8_t> encode_annotation(const AtomAnnotations& atoms) {
  std::unordered_map<std::string_view, std::uint16_t> number_of;
  std::vector<std::string_view> strings;
  const auto number = [&](std::string_view text) {
    const auto [found, is_new] =
        number_of.try_emplace(text, static_cast<std::uint16_t>(strings.size()));
    if (is_new) strings.push_back(text);
    return found->second;
  };
  Writer residues;
  residues.put_count(atoms.residues.size(), "residues in one cube");
  for (const auto& residue : atoms.residues) {
    residues.put(number(residue.chain_id));
    residues.put(number(residue.subchain_id));
    residues.put(number(residue.entity_id));
    residues.put(number(residue.comp_id));
    residues.put(number(residue.author_seq_id));
    residues.put(static_cast<std::int32_t>(residue.seq_id.value_or(kNoSeqId)));
    residues.put(residue.symmetry_mate);
    residues.put(static_cast<std::int16_t>(residue.polymer_label.value_or(-1)));
    residues.put(static_cast<std::int16_t>(residue.cath_label.value_or(-1)));
  }
  Writer columns;
  columns.put_count(atoms.size(), "atoms in one cube");
  for (const auto residue : atoms.residue) columns.put(static_cast<std::uint16_t>(residue));
  for (const auto& name : atoms.name) columns.put(number(name));
  for (const char alt_id : atoms.alt_id) columns.put(alt_id);
  for (const float b_factor : atoms.b_factor) columns.put(b_factor);

  Writer out;
  out.put(kLayout);
  out.put_count(strings.size(), "different names in one cube");
  for (const auto text : strings) {
    if (text.size() > kMostNameBytes)
      throw InputError(fmt::format("the name '{}...' has {} bytes; at most {} can be stored",
                                   text.substr(0, 20), text.size(), kMostNameBytes));
    out.put(static_cast<std::uint8_t>(text.size()));
    out.append({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  }
  out.append(residues.take());
  out.append(columns.take());
  return out.take();
}

void decode_annotation(std::span<const std::uint8_t> blob, AtomAnnotations& atoms) {
  Reader in(blob);
  std::vector<std::string> strings(in.get<std::uint16_t>());
  for (auto& text : strings) {
    const auto bytes = in.take(in.get<std::uint8_t>());
    text.assign(bytes.begin(), bytes.end());
  }
  const auto string = [&strings](std::uint16_t i) -> const std::string& {
    if (i >= strings.size()) throw DamagedTile("an atom tile refers to a missing string");
    return strings[i];
  };
  const auto label = [](std::int16_t value) {
    return value < 0 ? std::optional<int>() : std::optional<int>(value);
  };
  const std::size_t first_residue = atoms.residues.size();
  const std::size_t residue_count = in.get<std::uint16_t>();
  for (std::size_t i = 0; i < residue_count; ++i) {
    AnnotatedResidue& residue = atoms.residues.emplace_back();
    residue.chain_id = string(in.get<std::uint16_t>());
    residue.subchain_id = string(in.get<std::uint16_t>());
    residue.entity_id = string(in.get<std::uint16_t>());
    residue.comp_id = string(in.get<std::uint16_t>());
    residue.author_seq_id = string(in.get<std::uint16_t>());
    const auto seq_id = in.get<std::int32_t>();
    if (seq_id != kNoSeqId) residue.seq_id = seq_id;
    residue.symmetry_mate = in.get<std::uint32_t>();
    residue.polymer_label = label(in.get<std::int16_t>());
    residue.cath_label = label(in.get<std::int16_t>());
  }
  const std::size_t n = in.get<std::uint16_t>();
  const auto residues = in.take(n * sizeof(std::uint16_t));
  const auto names = in.take(n * sizeof(std::uint16_t));
  const auto alt_ids = in.take(n);
  const auto b_factors = in.take(n * sizeof(float));
  in.expect_end();
  for (std::size_t i = 0; i < n; ++i) {
    const auto residue = item<std::uint16_t>(residues, i);
    if (residue >= residue_count) throw DamagedTile("an atom tile refers to a missing residue");
    atoms.residue.push_back(static_cast<std::uint32_t>(first_residue + residue));
    atoms.name.push_back(string(item<std::uint16_t>(names, i)));
    atoms.alt_id.push_back(item<char>(alt_ids, i));
    atoms.b_factor.push_back(item<float>(b_factors, i));
  }
}

}  // namespace mmgym
