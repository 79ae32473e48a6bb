"""Samples of a database, one by one or in batches."""

from __future__ import annotations

import atexit
import io
import json
import operator
import os
import warnings
import weakref
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mmgym import _core


class Sample(NamedTuple):
    """A sample. `images` is (2, C, L, L, L), or (C, L, L, L) and `label` None for a single view."""

    images: NDArray[Any]
    label: int | None
    info: dict[str, Any]  # KEY.json of a shard
    atoms: dict[str, NDArray[Any]] | None  # KEY.atoms.npz, if with_atoms was given


class AtomsSample(NamedTuple):
    """A sample as the N atoms that its images are drawn from, view by view."""

    xyz: NDArray[Any]  # (N, 3), angstrom, in the frame of the view, the image's center at 0
    channel: NDArray[np.uint8]  # (N,)
    weight: NDArray[np.float32]  # (N,), the occupancy
    view: NDArray[np.uint8]  # (N,)
    label: int | None
    info: dict[str, Any]
    atoms: dict[str, NDArray[Any]] | None


class Batch(NamedTuple):
    """The samples of a batch, B in number. `labels` is None for single views."""

    images: NDArray[Any]  # (B, 2, C, L, L, L), or (B, C, L, L, L)
    labels: NDArray[np.int64] | None  # (B,)
    indices: NDArray[np.int64]  # (B,), of the samples


class AtomsBatch(NamedTuple):
    """The samples of a batch as the N atoms that their images are drawn from."""

    xyz: NDArray[Any]  # (N, 3), angstrom, in the frame of the view, the image's center at 0
    channel: NDArray[np.uint8]  # (N,)
    weight: NDArray[np.float32]  # (N,), the occupancy
    image: NDArray[np.int32]  # (N,), sample * views + view
    labels: NDArray[np.int64] | None  # (B,)
    indices: NDArray[np.int64]  # (B,)


def _flag_text(value: Any) -> str:
    """Returns the value as it is written after a flag."""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (str, os.PathLike)):
        return os.fspath(value)
    if isinstance(value, (Sequence, np.ndarray)):
        return ",".join(map(_flag_text, value))
    return repr(float(value)) if isinstance(value, (float, np.floating)) else str(value)


def _default_threads() -> int:
    return len(os.sched_getaffinity(0))


class Samples:
    """Samples of a database, made when they are asked for. Gym.samples() makes this object.

    len(samples) is `count`, by default the number of zones. samples[i] is sample start + i of the
    program. The object can be pickled and used after fork().
    """

    def __init__(self, database: str, settings: Mapping[str, Any]):
        self._database = database
        self._settings = {name: value for name, value in settings.items() if value is not None}
        texts = {"threads": str(_default_threads())}
        texts.update({name: _flag_text(value) for name, value in self._settings.items()})
        self._source = _core.open_samples(database, texts)

    def __reduce__(self) -> tuple[Any, ...]:
        return Samples, (self._database, self._settings)

    def __repr__(self) -> str:
        return f"<{len(self)} samples of {self._database}>"

    def warn(self) -> None:
        """Warns of samples that are not what one expects."""
        if text := self._source.warning():
            warnings.warn(text, stacklevel=3)

    @property
    def form(self) -> str:
        """What samples contain: "images" or "atoms"."""
        return self._settings["form"]

    @property
    def threads(self) -> int | None:
        """The number of threads that was given."""
        return self._settings.get("threads")

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the images of one sample."""
        return tuple(self._source.shape)

    @property
    def identity(self) -> dict[str, Any]:
        """What the order of the samples depends on."""
        return {
            "database": json.loads(self._source.database_id),
            "start": self._settings.get("start", 0),
            "samples": len(self),
            "seed": self._settings.get("seed", 0),
        }

    def __len__(self) -> int:
        return self._source.length

    def __getitem__(self, i: int) -> Sample | AtomsSample:
        i = operator.index(i)
        if not -len(self) <= i < len(self):
            raise IndexError(f"sample {i} is out of range: there are {len(self)} samples")
        arrays, info, npz = self._source.sample(i % len(self))
        *content, labels, _ = arrays
        label = None if labels is None else int(labels[0])
        rest = label, json.loads(info), dict(np.load(io.BytesIO(npz))) if npz else None
        if self.form == "images":
            return Sample(content[0][0], *rest)
        xyz, channel, weight, image = content
        return AtomsSample(xyz, channel, weight, image.astype(np.uint8), *rest)

    def batches_per_epoch(
        self, batch_size: int, *, world_size: int = 1, drop_last: bool = False
    ) -> int:
        return self._source.batches_per_epoch(batch_size, world_size, drop_last)

    def batches(
        self,
        batch_size: int,
        *,
        epochs: int = 1,
        rank: int = 0,
        world_size: int = 1,
        drop_last: bool = False,
        first: int = 0,
        step: int = 1,
        threads: int | None = None,
    ) -> Batches:
        """Returns an iterator over batches, which threads make ahead.

        Every epoch contains all samples once, in a new random order, at new positions and
        orientations.

        epochs -- number of epochs; 0: without end.
        rank, world_size -- the share of this process, of several that train together. All have
            the same number of batches. The last batches of an epoch are smaller if its samples
            cannot be divided evenly.
        drop_last -- leave out the samples at the end of an epoch that do not fill a batch for
            every process.
        first, step -- only the batches first, first + step, ...; a run that was stopped after n
            batches goes on with first=n.
        """
        options = {
            "batch_size": batch_size,
            "epochs": epochs,
            "rank": rank,
            "world_size": world_size,
            "first": first,
            "step": step,
        }
        for name, value in options.items():
            if operator.index(value) < 0:
                raise ValueError(f"{name}: '{value}' is not a whole number from 0 on")
        iterator = self._source.batches(
            **options,
            drop_last=drop_last,
            threads=threads or self.threads or _default_threads(),
        )
        per_epoch = self.batches_per_epoch(batch_size, world_size=world_size, drop_last=drop_last)
        count = len(range(first, epochs * per_epoch, step)) if epochs else None
        return Batches(iterator, Batch if self.form == "images" else AtomsBatch, count)


class Batches:
    """An iterator over batches. Use it in a `with` statement or call close() to stop its threads
    early; otherwise they stop when it is garbage collected."""

    def __init__(self, iterator: _core.BatchIterator, kind: type, count: int | None):
        self._iterator = iterator
        self._kind = kind
        self._left = count
        _open.add(self)

    def __iter__(self) -> Batches:
        return self

    def __next__(self) -> Any:
        batch = self._kind(*next(self._iterator))
        if self._left is not None:
            self._left -= 1
        return batch

    def __len__(self) -> int:
        """The number of batches that are left."""
        if self._left is None:
            raise TypeError("batches without end have no length")
        return self._left

    def close(self) -> None:
        self._iterator.close()

    def __enter__(self) -> Batches:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_open: weakref.WeakSet[Batches] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    """Stops all threads before the interpreter ends."""
    for batches in list(_open):
        batches.close()
