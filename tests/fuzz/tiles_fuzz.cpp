// The blobs of a tile. The first byte chooses the blob for drawing or the one with annotations.

#include "base/errors.h"
#include "database/sqlite.h"
#include "database/tile_codec.h"
#include "fuzz_input.h"

using namespace mmgym;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::span<const std::uint8_t> blob(bytes + 1, size - 1);
  const Eigen::Vector3i tile(-1, 0, 7);
  try {
    if (bytes[0] % 2 == 0) {
      DrawingAtoms atoms;
      decode_drawing(tile, blob, atoms);
      // What could be decoded can be stored again, and is the same.
      DrawingAtoms again;
      decode_drawing(tile, encode_drawing(tile, atoms), again);
      fuzz::require(again.x_A == atoms.x_A && again.y_A == atoms.y_A && again.z_A == atoms.z_A);
      fuzz::require(again.occupancy == atoms.occupancy && again.element == atoms.element &&
                    again.flags == atoms.flags);
    } else {
      AtomAnnotations atoms;
      decode_annotation(blob, atoms);
      for (const std::uint32_t residue : atoms.residue)
        fuzz::require(residue < atoms.residues.size());
      AtomAnnotations again;
      decode_annotation(encode_annotation(atoms), again);
      fuzz::require(again.residues == atoms.residues && again.name == atoms.name);
    }
  } catch (const DataError&) {
  }
  return 0;
}
