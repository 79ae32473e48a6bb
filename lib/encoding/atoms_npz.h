#pragma once

#include <string>

#include "sampling/sample_maker.h"

namespace mmgym {

/// The content of KEY.atoms.npz: the drawn atoms, view by view. Each array has one entry per atom
/// (n). numpy.load reads them without pickle:
///
///     view             |u1       0 home, 1 neighbor
///     coordinates_A    <f4 (n, 3)  in the frame of this view, whose origin is the image's center
///     element          <U        symbol in upper case
///     occupancy        <f4
///     name             <U        atom name
///     alt_id           <U        alternate location, empty for none
///     residue_name     <U        label_comp_id
///     residue_number   <i4       label_seq_id, -1 for none
///     author_number    <U        auth_seq_id and insertion code
///     chain            <U        auth_asym_id
///     subchain         <U        label_asym_id
///     symmetry_mate    <u4
///     is_polymer       |b1
///     polymer_label    <i2       into the database's polymer_labels, -1 for none
///     cath_label       <i2       into the database's cath_labels, -1 for none
///
/// Requires a sample made with SampleParameters::with_atoms.
std::string atoms_npz(const Sample& sample);

}  // namespace mmgym
