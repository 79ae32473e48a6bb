#include "encoding/atoms_npz.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "encoding/npy.h"
#include "encoding/npz.h"

namespace mmgym {
namespace {

/// A drawn atom and its tile.
struct AtomFacts {
  const DrawnAtom& drawn;
  const AtomTile& tile;

  const AnnotatedResidue& residue() const {
    return tile.annotations.residues[tile.annotations.residue[drawn.atom]];
  }
};

/// Arrays with an entry for each atom of a sample.
class AtomArrays {
 public:
  explicit AtomArrays(const Sample& sample) : sample_(sample) {}

  template <typename Value, typename Get>
  void add(const char* name, const char* dtype, const Get& get) {
    std::vector<Value> values;
    values.reserve(sample_.atoms.size());
    for_each_atom([&](const AtomFacts& atom) { values.push_back(static_cast<Value>(get(atom))); });
    add_values(name, dtype, std::move(values));
  }

  /// Texts of ASCII or Latin-1 letters, as numpy's strings of four bytes per letter.
  template <typename Get>
  void add_text(const char* name, const Get& get) {
    std::size_t width = 1;
    for_each_atom([&](const AtomFacts& atom) {
      width = std::max(width, std::string_view(get(atom)).size());
    });
    std::vector<char32_t> letters(width * sample_.atoms.size());
    auto* entry = letters.data();
    for_each_atom([&](const AtomFacts& atom) {
      const std::string_view text(get(atom));
      std::transform(text.begin(), text.end(), entry,
                     [](char c) { return static_cast<unsigned char>(c); });
      entry += width;
    });
    add_values(name, fmt::format("<U{}", width), std::move(letters));
  }

  void add_coordinates() {
    const Frame frames_iv[] = {sample_.frame_iv(0), sample_.frame_iv(1)};
    std::vector<float> values;
    values.reserve(3 * sample_.atoms.size());
    for_each_atom([&](const AtomFacts& atom) {
      const DrawingAtoms& stored = atom.tile.atoms;
      const auto i = atom.drawn.atom;
      const Eigen::Vector3d at =
          frames_iv[atom.drawn.view] * Eigen::Vector3d(stored.x_A[i], stored.y_A[i], stored.z_A[i]);
      for (const double value : at) values.push_back(static_cast<float>(value));
    });
    add_values("coordinates_A", "<f4", std::move(values), {3});
  }

  std::string npz() const { return make_npz(arrays_); }

 private:
  template <typename Use>
  void for_each_atom(const Use& use) const {
    for (const DrawnAtom& drawn : sample_.atoms) use(AtomFacts{drawn, *sample_.tiles[drawn.tile]});
  }

  template <typename Value>
  void add_values(const char* name, const std::string& dtype, std::vector<Value> values,
                  std::vector<std::uint64_t> shape = {}) {
    shape.insert(shape.begin(), sample_.atoms.size());
    arrays_.push_back(
        {name, {OwnedBytes(npy_header(dtype, shape)), OwnedBytes(std::move(values))}});
  }

  const Sample& sample_;
  std::vector<NpzArray> arrays_;
};

}  // namespace

std::string atoms_npz(const Sample& sample) {
  using Atom = const AtomFacts&;
  AtomArrays arrays(sample);
  arrays.add<std::uint8_t>("view", "|u1", [](Atom atom) { return atom.drawn.view; });
  arrays.add_coordinates();
  arrays.add_text("element", [](Atom atom) {
    return element_symbol(atom.tile.atoms.element[atom.drawn.atom]);
  });
  arrays.add<float>("occupancy", "<f4",
                    [](Atom atom) { return atom.tile.atoms.occupancy[atom.drawn.atom]; });
  arrays.add_text("name", [](Atom atom) -> std::string_view {
    return atom.tile.annotations.name[atom.drawn.atom];
  });
  arrays.add_text("alt_id", [](Atom atom) {
    const char& letter = atom.tile.annotations.alt_id[atom.drawn.atom];
    return std::string_view(&letter, letter == 0 ? 0 : 1);
  });
  const auto add_residue_text = [&arrays](const char* name, std::string AnnotatedResidue::*text) {
    arrays.add_text(name, [text](Atom atom) -> std::string_view { return atom.residue().*text; });
  };
  add_residue_text("residue_name", &AnnotatedResidue::comp_id);
  arrays.add<std::int32_t>("residue_number", "<i4",
                           [](Atom atom) { return atom.residue().seq_id.value_or(-1); });
  add_residue_text("author_number", &AnnotatedResidue::author_seq_id);
  add_residue_text("chain", &AnnotatedResidue::chain_id);
  add_residue_text("subchain", &AnnotatedResidue::subchain_id);
  arrays.add<std::uint32_t>("symmetry_mate", "<u4",
                            [](Atom atom) { return atom.residue().symmetry_mate; });
  arrays.add<std::uint8_t>("is_polymer", "|b1", [](Atom atom) {
    return atom.tile.atoms.flags[atom.drawn.atom] & kIsPolymer;
  });
  arrays.add<std::int16_t>("polymer_label", "<i2",
                           [](Atom atom) { return atom.residue().polymer_label.value_or(-1); });
  arrays.add<std::int16_t>("cath_label", "<i2",
                           [](Atom atom) { return atom.residue().cath_label.value_or(-1); });
  return arrays.npz();
}

}  // namespace mmgym
