"""The database."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Literal

from mmgym import _core
from mmgym.samples import Samples


class Gym:
    """A database made by `mmgym build-db`.

    Raises DatabaseError if the file is missing, damaged, or of another version.
    """

    def __init__(self, path: str | os.PathLike[str]):
        self.path = os.fspath(path)
        #: The names of the splits made by `mmgym split`.
        self.splits: list[str] = _core.splits(self.path)

    def __repr__(self) -> str:
        return f"mmgym.Gym({self.path!r})"

    def samples(
        self,
        *,
        task: Literal["neighbor", "single"] | None = None,
        preset: Literal["16A", "24A"] | None = None,
        split: str | None = None,
        max_difficulty: float | None = None,
        start: int | None = None,
        count: int | None = None,
        seed: int | None = None,
        threads: int | None = None,
        tile_cache: int | None = None,
        form: Literal["images", "atoms"] = "images",
        dtype: Literal["float32", "float16", "float64"] = "float32",
        grid: int | None = None,
        resolution: float | None = None,
        atom_radius: float | Literal["vdw"] | None = None,
        channels: str | None = None,
        ligand_channel: bool | None = None,
        other_elements: str | None = None,
        fill: str | None = None,
        aggregate: Literal["sum", "max"] | None = None,
        directions: str | None = None,
        padding: float | None = None,
        distance: float | None = None,
        noise: Literal["auto", "on", "off"] | None = None,
        noise_distance: float | None = None,
        noise_angle: float | None = None,
        with_atoms: bool | None = None,
        normalize: str | os.PathLike[str] | None = None,
        channel_mean: Sequence[float] | None = None,
        channel_std: Sequence[float] | None = None,
    ) -> Samples:
        """Returns samples with these settings.

        Settings have the names and defaults of the flags of `mmgym sample`, which
        `mmgym sample --help` describes. None is the default of the program. Lengths are in
        angstrom, angles in degrees, `tile_cache` in MiB. Sample i is sample i of the program.

        form -- "images", or "atoms": what the images are drawn from (see mmgym.torch.draw).
        dtype -- of images "float32" or "float16"; of the coordinates of atoms "float32" or
            "float64".
        with_atoms -- samples[i].atoms has the arrays of KEY.atoms.npz.
        threads -- threads that make batches; default: all cores.

        A database with splits needs `split`: the name of a split, or "all". Warns if second views
        are empty because zones were not required to have neighbors.

        Raises ValueError for a wrong setting, with the program's message.
        """
        given = {name: value for name, value in locals().items() if name != "self"}
        samples = Samples(self.path, given)
        samples.warn()
        return samples
