"""Which epoch an iteration over a dataset begins with, agreed on by all worker processes."""

from __future__ import annotations

import multiprocessing.context
from typing import Any

import torch

_REMEMBERED = 64


class Epochs:
    """Counts epochs for all processes that iterate over one dataset.

    A data loader starts an iteration in every worker, and the workers of one iteration must get
    the same epoch. They have the same key: the base seed of the loader's workers, and the number of
    iterations that the worker has begun before (persistent workers begin several).
    """

    def __init__(self) -> None:
        self._set_up()

    def _set_up(self) -> None:
        # Tensors in shared memory reach workers whether they are forked or spawned.
        self._next = torch.zeros(1, dtype=torch.int64).share_memory_()
        self._calls = torch.zeros(1, dtype=torch.int64).share_memory_()
        self._known = torch.full((_REMEMBERED, 3), -1, dtype=torch.int64).share_memory_()
        self._last_key: tuple[int, int] | None = None  # of this process
        self._lock = multiprocessing.get_context("spawn").Lock()

    def __getstate__(self) -> dict[str, Any]:
        if multiprocessing.context.get_spawning_popen() is None:
            return {"next": self.next}  # a copy that is independent of this object
        return self.__dict__

    def __setstate__(self, state: dict[str, Any]) -> None:
        if "next" in state:
            self._set_up()
            self._next[0] = state["next"]
        else:
            self.__dict__.update(state)

    @property
    def next(self) -> int:
        """The epoch that the next iteration begins with."""
        return int(self._next[0])

    def begin(self, base_seed: int | None, epochs: int) -> int:
        """Returns the first epoch of an iteration of so many epochs.

        base_seed -- that of the data loader's workers; None in the main process.
        """
        key = self._key(base_seed)
        with self._lock:
            for *known, epoch in self._known.tolist():
                if key is not None and tuple(known) == key:
                    return epoch
            epoch = self.next
            self._remember(key, epoch, epochs)
            return epoch

    def resume(self, base_seed: int | None, epoch: int, epochs: int) -> None:
        """Sets the first epoch of an iteration."""
        key = self._key(base_seed)
        with self._lock:
            self._remember(key, epoch, epochs)

    def _key(self, base_seed: int | None) -> tuple[int, int] | None:
        if base_seed is None:
            return None
        last_seed, begun = self._last_key or (None, 0)
        self._last_key = (base_seed, begun + 1 if last_seed == base_seed else 0)
        return self._last_key

    def _remember(self, key: tuple[int, int] | None, epoch: int, epochs: int) -> None:
        self._next[0] = epoch + epochs
        if key is None:
            return
        calls = int(self._calls[0])
        self._known[calls % _REMEMBERED] = torch.tensor([*key, epoch])
        self._calls[0] = calls + 1

    @property
    def begun_by_workers(self) -> bool:
        return bool(self._calls[0] > 0)
