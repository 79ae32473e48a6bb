"""Makes tiny computed models as AlphaFold DB and ModelCIF write them."""

GRID = 12  # atoms along each edge of the model, a cube
SPACING_A = 2.7  # 51 atoms/nm³
ATOMS = ("N", "CA", "C", "O")  # of a residue
RESIDUES = GRID**3 // len(ATOMS)


def table(category, names, rows):
    lines = ["#", "loop_", *(f"_{category}.{name}" for name in names)]
    return "\n".join([*lines, *(" ".join(map(str, row)) for row in rows)]) + "\n"


def model_text(
    entry, plddts, *, local=True, b_factor=None, metric="pLDDT", scale=1, method=None, mean=None
):
    """Returns an mmCIF text of one chain of glycines.

    entry      such as AF-P12345-F1; also decides the sequence, so that models differ
    plddts     of each residue, 0-100
    local      whether _ma_qa_metric_local has them
    b_factor   the B-factor of all atoms; None: the pLDDTs
    metric     _ma_qa_metric.type; None: the file has no category of ModelCIF
    scale      what values of the metric are multiplied by
    method     _exptl.method; None: there is none, as in AlphaFold DB
    mean       in _ma_qa_metric_global; None: there is none
    """
    assert len(plddts) == RESIDUES
    text = f"data_{entry}\n_entry.id {entry}\n"
    if method is not None:
        text += f"_exptl.entry_id {entry}\n_exptl.method '{method}'\n"
    letters = "ACDEFGHIKLMNPQRSTVWY"
    tag = "".join(letters[byte % 20] + letters[byte // 20] for byte in entry.encode())
    text += table("entity", ("id", "type"), [(1, "polymer")])
    text += table(
        "entity_poly",
        ("entity_id", "type", "pdbx_seq_one_letter_code_can"),
        [(1, "polypeptide(L)", tag + "G" * (RESIDUES - len(tag)))],
    )
    text += table("struct_asym", ("id", "entity_id"), [("A", 1)])
    if metric is not None:
        text += table("ma_model_list", ("ordinal_id", "model_id"), [(1, 1)])
        kinds = [(1, f"'{metric}'", "global"), (2, f"'{metric}'", "local")]
        text += table("ma_qa_metric", ("id", "type", "mode"), kinds)
    if mean is not None:
        names = ("metric_id", "metric_value", "model_id", "ordinal_id")
        text += table("ma_qa_metric_global", names, [(1, mean * scale, 1, 1)])
    if metric is not None and local:
        names = ("label_asym_id", "label_comp_id", "label_seq_id", "metric_id", "metric_value",
                 "model_id", "ordinal_id")  # fmt: skip
        rows = [("A", "GLY", i + 1, 2, f"{plddts[i] * scale:.4f}", 1, i + 1)
                for i in range(RESIDUES)]  # fmt: skip
        text += table("ma_qa_metric_local", names, rows)
    names = ("group_PDB", "id", "type_symbol", "label_atom_id", "label_alt_id", "label_comp_id",
             "label_asym_id", "label_entity_id", "label_seq_id", "pdbx_PDB_ins_code", "Cartn_x",
             "Cartn_y", "Cartn_z", "occupancy", "B_iso_or_equiv", "auth_seq_id", "auth_asym_id",
             "pdbx_PDB_model_num")  # fmt: skip
    rows = []
    for n in range(GRID**3):
        residue, atom = divmod(n, len(ATOMS))
        z, rest = divmod(n, GRID**2)
        y, x = divmod(rest, GRID)
        place = (f"{SPACING_A * axis:.3f}" for axis in (x, y, z))
        b = plddts[residue] if b_factor is None else b_factor
        rows.append(("ATOM", n + 1, ATOMS[atom][0], ATOMS[atom], ".", "GLY", "A", 1, residue + 1,
                     "?", *place, "1.0", f"{b:.2f}", residue + 1, "A", 1))  # fmt: skip
    return text + table("atom_site", names, rows) + "#\n"
