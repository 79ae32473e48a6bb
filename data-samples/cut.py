#!/usr/bin/env python3
"""Make the entries of this folder again from Debian 12's packages.

    apt-get install python-biopython-doc libcifpp-dev python3-prody-tests python3-gemmi
    /usr/bin/python3 data-samples/cut.py [OUT]        (default: the folder of this script)

Each entry keeps the mmCIF categories and columns listed in KEEP, as raw text: no value is parsed or
rounded, so what is left is what the source says, character for character. Two things besides are
changed, and README.md repeats them: 6YFY keeps 3 of its 26 models, and the sources of 6WQA and 7CFN,
which name their data block "s", get it named after the entry.

4CUP is kept as BinaryCIF, and only written to another folder, for tests/bcif/make_entry.py.
"""

import subprocess
import sys
from pathlib import Path

from gemmi import cif

BIOPYTHON = "/usr/share/doc/python-biopython-doc/Tests/PDB/"
CIFPP = "/usr/share/doc/libcifpp-dev/examples/"
PRODY = "/usr/lib/python3/dist-packages/prody/tests/datafiles/"

SOURCES = {
    "1A8O": BIOPYTHON + "1A8O.cif.gz",
    "1CBS": CIFPP + "1cbs.cif.gz",
    "1LCD": BIOPYTHON + "1LCD.cif.gz",
    "2BEG": BIOPYTHON + "2BEG.cif.gz",
    "2XHE": BIOPYTHON + "2XHE.cif.gz",
    "3JQH": BIOPYTHON + "3JQH.cif.gz",
    "4CUP": BIOPYTHON + "4CUP.cif.gz",
    "6WQA": BIOPYTHON + "6WQA.cif.gz",
    "6YFY": PRODY + "mmcif_6yfy.cif",
    "6ZU5": PRODY + "mmcif_6zu5.cif",
    "7CFN": BIOPYTHON + "7CFN.cif.gz",
}

# Entries that this folder has as BinaryCIF.
BINARY = {"4CUP"}

# Entries of which only the models up to this number are kept.
LAST_MODEL = {"6YFY": 3}

# Category -> columns to keep, in this order; None keeps them all. What a source lacks is skipped.
KEEP = {
    "_entry.": None,
    "_struct.": "entry_id title",
    "_pdbx_database_status.": "entry_id recvd_initial_deposition_date",
    "_exptl.": "entry_id method",
    "_refine.": "entry_id pdbx_refine_id ls_d_res_high ls_R_factor_R_work ls_R_factor_R_free",
    "_em_3d_reconstruction.": "entry_id id resolution",
    "_pdbx_nmr_constraints.": None,
    "_pdbx_nmr_representative.": "entry_id conformer_id",
    "_entity.": "id type pdbx_description formula_weight pdbx_number_of_molecules",
    "_entity_poly.": None,
    "_entity_poly_seq.": None,
    "_pdbx_entity_nonpoly.": None,
    "_pdbx_entity_branch.": None,
    "_pdbx_entity_branch_descriptor.": None,
    "_pdbx_entity_branch_link.": None,
    "_pdbx_entity_branch_list.": None,
    "_struct_asym.": "id entity_id details",
    "_pdbx_struct_assembly.": None,
    "_pdbx_struct_assembly_gen.": None,
    "_pdbx_struct_oper_list.": None,
    "_atom_site.": "group_PDB id type_symbol label_atom_id label_alt_id label_comp_id label_asym_id"
    " label_entity_id label_seq_id pdbx_PDB_ins_code Cartn_x Cartn_y Cartn_z occupancy"
    " B_iso_or_equiv auth_seq_id auth_asym_id pdbx_PDB_model_num",
}


def cut(source, name, last_model):
    """The cut entry as mmCIF text."""
    block = cif.read(source).sole_block()
    doc = cif.Document()
    out = doc.add_new_block(name)

    for category, columns in KEEP.items():
        tags = list(block.find_mmcif_category(category).tags)
        if columns is not None:
            tags = [category + c for c in columns.split() if category + c in tags]
        if not tags:
            continue
        if block.find_loop(tags[0]).get_loop() is None:
            for tag in tags:
                out.set_pair(tag, block.find_value(tag))
            continue
        values = [list(block.find_values(tag)) for tag in tags]
        if category == "_atom_site." and last_model is not None:
            model = [int(m) for m in values[-1]]
            values = [[v for v, m in zip(column, model) if m <= last_model] for column in values]
        out.init_loop("", tags).set_all_values(values)

    return doc.as_string()


def main():
    if len(sys.argv) > 2 or sys.argv[1:2] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    here = folder.resolve() == Path(__file__).resolve().parent

    # Images of Debian made for containers may drop /usr/share/doc while unpacking.
    for source in SOURCES.values():
        if not Path(source).is_file():
            sys.exit(f"cut.py: no {source}: install the packages named at the top of this script")

    for name, source in SOURCES.items():
        if here and name in BINARY:
            continue
        text = cut(source, name, LAST_MODEL.get(name))
        # gzip's -n leaves out time and name, so the same text gives the same bytes.
        packed = subprocess.run(
            ["gzip", "-n", "-9"], input=text.encode(), stdout=subprocess.PIPE, check=True
        ).stdout
        path = folder / f"{name.lower()}.cif.gz"
        path.write_bytes(packed)
        print(f"{path}  {len(packed)} bytes")


if __name__ == "__main__":
    main()
