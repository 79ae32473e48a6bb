#!/usr/bin/env python3
"""
Compute reference numbers for zones with macromol-gym.

Usage: make_reference.py OUTPUT_DIR MMCIF...

Writes one JSON file per structure, named after its PDB entry; README.md explains what is in it.  Needs
Python >= 3.10 and `pip install macromol-gym`.  The time each structure took goes to standard error.
"""

import gzip
import hashlib
import json
import sys
import time
from pathlib import Path

import macromol_dataframe as mmdf
import numpy as np
import polars as pl
from macromol_gym import pick
from macromol_gym.density import make_density_interpolator
from sklearn.decomposition import PCA

DEFAULTS = dict(
    zone_size_A=10.0,
    density_check_radius_A=15.0,
    density_check_voxel_size_A=2.0,
    density_check_min_atoms_nm3=35.0,
    density_check_max_atoms_nm3=70.0,
    subchain_check_radius_A=8.0,
    subchain_check_fraction_of_zone=0.75,
    subchain_check_fraction_of_subchain=0.75,
    subchain_pair_check_fraction_of_zone=0.25,
    subchain_pair_check_fraction_of_subchain=0.75,
    neighbor_geometry="icosahedron faces",
    neighbor_distance_A=30.0,
    neighbor_count_threshold=1,
    allowed_elements=["C", "N", "O", "S", "SE", "P"],
    nonbiological_residues=[],
)
RAISED_MAX_ATOMS_NM3 = 1e6
NEAR_MISS_ATOMS_NM3 = 1.0  # points this much below the minimum density are listed, too
DISTINCT = 1e-9  # axes closer than this in their eigenvalues (relative) are arbitrary
NEIGHBOR_DENSITY_ZONES = 20  # so many kept zones list the density at each neighbor point


def reference(path):
    """The content of one JSON file, as a dict."""
    raw = Path(path).read_bytes()
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)

    structure = mmdf.read_mmcif(Path(path))
    asym = structure.asym_atoms.with_columns(pl.col("occupancy").fill_null(1.0))
    model = asym["model_id"][0]
    asym = mmdf.prune_hydrogen(mmdf.prune_water(mmdf.select_model(asym, model)))

    assembly_id = structure.assembly_gen["assembly_id"][0]
    rules = structure.assembly_gen.filter(pl.col("assembly_id") == assembly_id)
    atoms = mmdf.make_biological_assembly(
        asym, structure.assembly_gen, structure.oper_map, assembly_id
    )
    coords = mmdf.get_atom_coords(atoms)

    par = dict(DEFAULTS)
    density = make_density_interpolator(
        atoms, par["density_check_radius_A"], par["density_check_voxel_size_A"]
    )
    max_density = float(np.max(density.values))

    # Repeat without the checks that the assembly fails, so that there is something to compare.
    rejected = []
    if not pick.check_elements(atoms, par["allowed_elements"]):
        rejected.append("elements")
        par["allowed_elements"] = []
    if max_density > par["density_check_max_atoms_nm3"]:
        rejected.append("density")
        par["density_check_max_atoms_nm3"] = RAISED_MAX_ATOMS_NM3

    pca = PCA().fit(coords)
    eigenvalues = pca.explained_variance_
    centers = pick.calc_zone_centers_A(atoms, par["zone_size_A"])
    center_densities = density(centers)
    offsets = pick.find_neighbor_centers_A(
        par["neighbor_geometry"], par["neighbor_distance_A"]
    )

    kd_tree = pick.make_kd_tree(atoms)
    listed_subchains = [x for row in rules["subchain_ids"] for x in row]
    asym_counts = pick.count_atoms(asym, ["subchain_id"]).filter(
        pl.col("subchain_id").is_in(listed_subchains)
    )

    min_density = par["density_check_min_atoms_nm3"]
    zones = []
    for i in np.flatnonzero(center_densities > min_density - NEAR_MISS_ATOMS_NM3):
        zone = dict(
            grid_index=int(i),
            center_A=centers[i].tolist(),
            density=float(center_densities[i]),
        )
        zones.append(zone)

        if center_densities[i] <= min_density:
            zone["dropped"] = "density"
            continue

        zone["neighbors"] = pick.find_zone_neighbors(
            density,
            center_A=centers[i],
            offsets_A=offsets,
            min_density_atoms_nm3=min_density,
        )
        if len(zone["neighbors"]) < par["neighbor_count_threshold"]:
            zone["dropped"] = "neighbors"
            continue

        subchains, pairs = pick.find_zone_subchains(
            atoms,
            kd_tree,
            asym_counts=asym_counts,
            center_A=centers[i],
            radius_A=par["subchain_check_radius_A"],
            solo_fraction_of_zone=par["subchain_check_fraction_of_zone"],
            solo_fraction_of_subchain=par["subchain_check_fraction_of_subchain"],
            pair_fraction_of_zone=par["subchain_pair_check_fraction_of_zone"],
            pair_fraction_of_subchain=par["subchain_pair_check_fraction_of_subchain"],
        )
        zone["subchains"] = subchains
        zone["pairs"] = [[*a, *b] for a, b in pairs]
        if not subchains and not pairs:
            zone["dropped"] = "subchains"

    kept = [zone for zone in zones if "dropped" not in zone]
    for zone in kept[:NEIGHBOR_DENSITY_ZONES]:
        zone["neighbor_densities"] = density(np.array(zone["center_A"]) + offsets).tolist()

    return dict(
        pdb_id=structure.id.lower(),
        input_md5=hashlib.md5(raw).hexdigest(),
        parameters=par,
        model=model,
        assembly=assembly_id,
        operators=sum(len(x) for x in rules["oper_ids"]),
        atoms=atoms.height,
        occupancy=float(atoms["occupancy"].sum()),
        elements_not_allowed=sorted(
            set(atoms["element"]) - set(DEFAULTS["allowed_elements"])
        ),
        max_density=max_density,
        rejected=rejected,
        mean_A=pca.mean_.tolist(),
        eigenvalues_A2=eigenvalues.tolist(),
        axes_distinct=bool(np.all(eigenvalues[1:] < eigenvalues[:-1] * (1 - DISTINCT))),
        axes=pca.components_.tolist(),
        points_tested=len(centers),
        points_dense=int(np.sum(center_densities > min_density)),
        zones_kept=len(kept),
        zones=zones,
    )


def write(path, numbers):
    """One line per member, and one per zone: small, but `diff` and `grep` still work."""

    def compact(x):
        return json.dumps(x, separators=(",", ":"))

    lines = [f'"{k}": {compact(v)}' for k, v in numbers.items() if k != "zones"]
    zones = ",\n".join(compact(zone) for zone in numbers["zones"])
    path.write_text("{\n" + ",\n".join(lines) + ',\n"zones": [\n' + zones + "\n]\n}\n")


def main():
    if len(sys.argv) < 3 or sys.argv[1].startswith("-"):
        sys.exit(__doc__.strip())

    output_dir = Path(sys.argv[1])
    for path in sys.argv[2:]:
        start = time.perf_counter()
        numbers = reference(path)
        seconds = time.perf_counter() - start
        write(output_dir / f"{numbers['pdb_id']}.json", numbers)
        print(f"{numbers['pdb_id']}\t{seconds:.2f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
