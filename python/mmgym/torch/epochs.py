"""Which epoch an iteration over a dataset begins with, agreed on by all worker processes."""

from __future__ import annotations

import multiprocessing.context

import torch

_REMEMBERED = 64


class Epochs:
    """Counts epochs for all processes that iterate over one dataset.

    A data loader starts an iteration in every worker, and the workers of one iteration must get
    the same epoch. They have the same key (the base seed of the loader's iteration).
    """

    def __init__(self) -> None:
        # Tensors in shared memory reach workers whether they are forked or spawned.
        self._next = torch.zeros(1, dtype=torch.int64).share_memory_()
        self._calls = torch.zeros(1, dtype=torch.int64).share_memory_()
        self._known = torch.full((_REMEMBERED, 2), -1, dtype=torch.int64).share_memory_()
        self._lock = multiprocessing.get_context("spawn").Lock()

    def __getstate__(self) -> dict:
        if multiprocessing.context.get_spawning_popen() is None:
            return {"next": self.next}  # a copy that is independent of this object
        return self.__dict__

    def __setstate__(self, state: dict) -> None:
        if "next" in state:
            self.__init__()
            self._next[0] = state["next"]
        else:
            self.__dict__.update(state)

    @property
    def next(self) -> int:
        """The epoch that the next iteration begins with."""
        return int(self._next[0])

    def begin(self, key: int | None, epochs: int) -> int:
        """Returns the first epoch of the iteration `key`, which has so many epochs."""
        with self._lock:
            if key is not None:
                for known, epoch in self._known.tolist():
                    if known == key:
                        return epoch
            epoch = self.next
            self._remember(key, epoch, epochs)
            return epoch

    def resume(self, key: int | None, epoch: int, epochs: int) -> None:
        """Sets the first epoch of the iteration `key`."""
        with self._lock:
            self._remember(key, epoch, epochs)

    def _remember(self, key: int | None, epoch: int, epochs: int) -> None:
        self._next[0] = epoch + epochs
        if key is None:
            return
        calls = int(self._calls[0])
        self._known[calls % _REMEMBERED] = torch.tensor([key, epoch])
        self._calls[0] = calls + 1

    @property
    def begun_by_workers(self) -> bool:
        return bool(self._calls[0] > 0)
