// How the atoms of a tile are stored. All numbers are little-endian.
//
// DRAWING (table atom_tile). Most tiles have layout 1, with 10 bytes an atom and 3 more:
//
//     u8       layout = 1
//     u16      n, the number of atoms
//     u16[n]   x, then y, then z: distance from the tile's low corner in units of 0.0005 A, so that
//              the three decimals of mmCIF are kept exactly
//     u16[n]   occupancy in units of 1/10000
//     u8[n]    atomic number
//     u8[n]    AtomFlags
//
// An operator that turns atoms gives them more decimals. If a tile has an atom that layout 1 would
// move, it has layout 2, with 12 bytes an atom and 3 more:
//
//     u8       layout = 2
//     u16      n, the number of atoms
//     u24[n]   x, then y, then z: distance from the tile's low corner in units of 0.000002 A, so
//              that voxels change by less than 1e-5
//     u16[n]   bits 0-13: occupancy in units of 1/10000; bits 14 and 15: AtomFlags
//     u8[n]    atomic number
//
// Positions are rounded to 0.000002 A before the layout is chosen. So they do not depend on the
// layout, and a tile that is decoded and encoded again is the same blob.
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

#include <algorithm>
#include <array>
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

constexpr std::uint8_t kLayout = 1;      // of both tables
constexpr std::uint8_t kFineLayout = 2;  // of atom_tile
constexpr double kUnit_A = 0.0005;
constexpr std::int32_t kFineUnits = 250;  // in a unit of layout 1
constexpr float kOccupancyUnits = 10000;
constexpr int kFineOccupancyBits = 14;
static_assert((kIsPolymer | kOutOfBounds) < 1 << (16 - kFineOccupancyBits));
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
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

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

[[noreturn]] void refuse_layout() {
  throw DamagedTile("an atom tile has a layout unknown to this version of mmgym");
}

/// Numbers of layout 1: distances along an axis from a tile's low face.
struct Coarse {
  static constexpr std::size_t kBytes = 2;
  static constexpr std::int32_t kUnits = 1;  // in a unit of layout 1

  static std::int32_t get(const std::uint8_t* bytes) {
    std::uint16_t units;
    std::memcpy(&units, bytes, sizeof(units));
    return units;
  }
  static void put(std::int32_t fine_units, Writer& out) {
    out.put(static_cast<std::uint16_t>(fine_units / kFineUnits));
  }
};

/// The same of layout 2.
struct Fine {
  static constexpr std::size_t kBytes = 3;
  static constexpr std::int32_t kUnits = kFineUnits;

  static std::int32_t get(const std::uint8_t* bytes) { return Coarse::get(bytes) | bytes[2] << 16; }
  static void put(std::int32_t fine_units, Writer& out) {
    out.put(static_cast<std::uint16_t>(fine_units));
    out.put(static_cast<std::uint8_t>(fine_units >> 16));
  }
};

/// An atom just below the tile's upper face may be rounded to it.
std::int32_t fine_units(double value_A, double low_A) {
  return static_cast<std::int32_t>(std::lround((value_A - low_A) / (kUnit_A / kFineUnits)));
}

/// 1.0 / 250 is so near to 1/250 that the product with a multiple of 250 is exact. So both layouts
/// give the same bits.
template <typename Layout>
double decoded_A(double low_A, std::int32_t units) {
  return low_A + kUnit_A * ((1.0 / Layout::kUnits) * units);
}

/// The fine units of all atoms along each axis.
using FineColumns = std::array<std::vector<std::int32_t>, 3>;

FineColumns fine_columns(const DrawingAtoms& atoms, const Eigen::Vector3d& low_A) {
  const auto column = [](const std::vector<double>& values_A, double axis_low_A) {
    std::vector<std::int32_t> units;
    units.reserve(values_A.size());
    for (const double value_A : values_A) units.push_back(fine_units(value_A, axis_low_A));
    return units;
  };
  return {column(atoms.x_A, low_A.x()), column(atoms.y_A, low_A.y()), column(atoms.z_A, low_A.z())};
}

bool need_fine_layout(const FineColumns& columns) {
  return std::ranges::any_of(columns, [](const auto& column) {
    return std::ranges::any_of(column, [](std::int32_t units) { return units % kFineUnits != 0; });
  });
}

template <typename Layout>
void put_positions(const FineColumns& columns, Writer& out) {
  for (const auto& column : columns)
    for (const std::int32_t units : column) Layout::put(units, out);
}

// The loops that decode have no branches, and store through pointers that nothing else may change,
// so that compilers vectorize them.

/// Appends the positions of n atoms along an axis.
template <typename Layout>
void get_positions(double low_A, double edge_A, std::size_t n, Reader& in,
                   std::vector<double>& values_A) {
  const std::uint8_t* column = in.take(n * Layout::kBytes).data();
  const std::size_t first = values_A.size();
  values_A.resize(first + n);
  double* added_A = values_A.data() + first;
  const auto most_units = static_cast<std::int32_t>(std::lround(edge_A / kUnit_A)) * Layout::kUnits;
  std::int32_t outside = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t units = Layout::get(column + i * Layout::kBytes);
    outside |= static_cast<std::int32_t>(units > most_units);
    added_A[i] = decoded_A<Layout>(low_A, units);
  }
  if (outside != 0) throw DamagedTile("an atom tile has atoms outside its cube");
}

template <typename Layout>
void get_positions(const Eigen::Vector3d& low_A, double edge_A, std::size_t n, Reader& in,
                   DrawingAtoms& atoms) {
  get_positions<Layout>(low_A.x(), edge_A, n, in, atoms.x_A);
  get_positions<Layout>(low_A.y(), edge_A, n, in, atoms.y_A);
  get_positions<Layout>(low_A.z(), edge_A, n, in, atoms.z_A);
}

void get_occupancies(std::span<const std::uint8_t> column, std::size_t n, int bits,
                     std::vector<float>& occupancies) {
  const std::size_t first = occupancies.size();
  occupancies.resize(first + n);
  float* added = occupancies.data() + first;
  const int mask = (1 << bits) - 1;
  for (std::size_t i = 0; i < n; ++i)
    added[i] = static_cast<float>(item<std::uint16_t>(column, i) & mask) / kOccupancyUnits;
}

/// Appends the flags above the occupancies of layout 2.
void get_high_flags(std::span<const std::uint8_t> column, std::size_t n,
                    std::vector<std::uint8_t>& flags) {
  const std::size_t first = flags.size();
  flags.resize(first + n);
  std::uint8_t* added = flags.data() + first;
  for (std::size_t i = 0; i < n; ++i)
    added[i] = static_cast<std::uint8_t>(item<std::uint16_t>(column, i) >> kFineOccupancyBits);
}

void check_elements(std::span<const Element> elements) {
  std::uint8_t unknown = 0;
  for (const Element element : elements)
    unknown |= static_cast<std::uint8_t>(element > kLastElement);
  if (unknown != 0) throw DamagedTile("an atom tile has an invalid element");
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
    stored_A[axis] = decoded_A<Fine>(low_A, fine_units(position_A[axis], low_A));
  }
  return stored_A;
}

std::vector<std::uint8_t> encode_drawing(const Eigen::Vector3i& tile, const DrawingAtoms& atoms,
                                         double edge_A) {
  const FineColumns columns = fine_columns(atoms, tile.cast<double>() * edge_A);
  const bool is_fine = need_fine_layout(columns);
  Writer out;
  out.put(is_fine ? kFineLayout : kLayout);
  out.put_count(atoms.size(), fmt::format("atoms in one cube of {:g} A", edge_A));
  if (is_fine)
    put_positions<Fine>(columns, out);
  else
    put_positions<Coarse>(columns, out);
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const auto units = std::lround(atoms.occupancy[i] * kOccupancyUnits);
    const int flags = is_fine ? atoms.flags[i] << kFineOccupancyBits : 0;
    out.put(static_cast<std::uint16_t>(units | flags));
  }
  for (const Element element : atoms.element) out.put(element);
  if (!is_fine)
    for (const std::uint8_t flags : atoms.flags) out.put(flags);
  return out.take();
}

void decode_drawing(const Eigen::Vector3i& tile, std::span<const std::uint8_t> blob,
                    DrawingAtoms& atoms, double edge_A) {
  Reader in(blob);
  const auto layout = in.get<std::uint8_t>();
  if (layout != kLayout && layout != kFineLayout) refuse_layout();
  const bool is_fine = layout == kFineLayout;
  const Eigen::Vector3d low_A = tile.cast<double>() * edge_A;
  const std::size_t n = in.get<std::uint16_t>();
  if (is_fine)
    get_positions<Fine>(low_A, edge_A, n, in, atoms);
  else
    get_positions<Coarse>(low_A, edge_A, n, in, atoms);
  const auto occupancies = in.take(n * sizeof(std::uint16_t));
  const auto elements = in.take(n);
  const auto flags = in.take(is_fine ? 0 : n);
  in.expect_end();
  check_elements(elements);
  get_occupancies(occupancies, n, is_fine ? kFineOccupancyBits : 16, atoms.occupancy);
  atoms.element.insert(atoms.element.end(), elements.begin(), elements.end());
  if (is_fine)
    get_high_flags(occupancies, n, atoms.flags);
  else
    atoms.flags.insert(atoms.flags.end(), flags.begin(), flags.end());
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
  if (in.get<std::uint8_t>() != kLayout) refuse_layout();
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
