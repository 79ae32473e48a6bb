"""Samples as a dataset for torch.utils.data.DataLoader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from torch import distributed
from torch.utils.data import IterableDataset, get_worker_info

import mmgym
from mmgym.torch.batches import AtomsBatch, Batch, as_tensors
from mmgym.torch.epochs import Epochs

# An iteration without end is left after an unknown number of epochs. The next one begins so much
# later that no sample is made twice.
_EPOCHS_WITHOUT_END = 1_000_000


class Samples(IterableDataset[Any]):
    """A dataset of batches.

        dataset = mmgym.torch.Samples(gym.samples(split="train"), batch_size=64)
        loader = torch.utils.data.DataLoader(dataset, batch_size=None, num_workers=2)
        for epoch in range(10):
            for images, labels, indices in loader:
                ...

    Every iteration goes on with the next epoch: all samples once, in a new random order, at new
    positions and orientations. The batches are the same for any number of workers.

    batch_size -- samples in a batch; give batch_size=None to the DataLoader.
    epochs -- epochs in one iteration; 0: without end.
    rank, world_size -- the share of this process in a distributed training. Default: those of
        torch.distributed if its process group is initialized, else 0 and 1. All ranks have the
        same number of batches.
    drop_last -- leave out the samples at the end of an epoch that do not fill a batch.

    state_dict() and load_state_dict() follow torchdata's StatefulDataLoader, which saves the
    state of every worker. Without workers they can be used directly.
    """

    def __init__(
        self,
        samples: mmgym.Samples,
        batch_size: int,
        *,
        epochs: int = 1,
        rank: int | None = None,
        world_size: int | None = None,
        drop_last: bool = False,
    ):
        super().__init__()
        if (rank is None) != (world_size is None):
            raise ValueError("rank and world_size: give both or neither")
        self.samples = samples
        self._finds_rank = rank is None
        if rank is None or world_size is None:
            rank, world_size = _rank_and_world_size()
        self._rank: int = rank
        self._epochs = epochs
        self._share: dict[str, Any] = {"world_size": world_size, "drop_last": drop_last}
        self._batch_size = batch_size
        self._batches_per_epoch = samples.batches_per_epoch(batch_size, **self._share)
        self._counter = Epochs()
        # The iteration of this process: its first epoch, and the number of its next batch,
        # counted from the start of that epoch.
        self._first_epoch: int | None = None
        self._next_batch = 0
        self._loaded = False

    def __len__(self) -> int:
        """The number of batches in one iteration."""
        if self._epochs == 0:
            raise TypeError("an iteration without end has no length")
        return self._epochs * self._batches_per_epoch

    def __iter__(self) -> Iterator[Any]:
        self._check_process_group()
        worker = get_worker_info()
        base_seed = None if worker is None else worker.seed - worker.id
        epochs = self._epochs or _EPOCHS_WITHOUT_END
        if self._loaded and self._first_epoch is not None:
            self._counter.resume(base_seed, self._first_epoch, epochs)
            self._loaded = False
        else:
            self._first_epoch = self._counter.begin(base_seed, epochs)
            self._next_batch = 0 if worker is None else worker.id
        return self._batches(self._first_epoch, worker)

    def _batches(self, first_epoch: int, worker: Any) -> Iterator[Batch | AtomsBatch]:
        step = 1 if worker is None else worker.num_workers
        threads = self.samples.threads or (None if worker is None else 1)
        start = first_epoch * self._batches_per_epoch
        with self.samples.batches(
            self._batch_size,
            epochs=first_epoch + self._epochs if self._epochs else 0,
            rank=self._rank,
            **self._share,
            first=start + self._next_batch,
            step=step,
            threads=threads,
        ) as batches:
            for batch in batches:
                self._next_batch += step
                yield as_tensors(batch)

    def state_dict(self) -> dict[str, Any]:
        """The place where the iteration of this process is, as numbers and strings."""
        if self._first_epoch is None and self._counter.begun_by_workers:
            raise RuntimeError(
                "the workers of the data loader have the state; use "
                "torchdata.stateful_dataloader.StatefulDataLoader and its state_dict()"
            )
        started = self._first_epoch is not None
        return {
            "first_epoch": self._first_epoch if started else self._counter.next,
            "next_batch": self._next_batch if started else 0,
            "batches_per_epoch": self._batches_per_epoch,
            "batch_size": self._batch_size,
            **self._share,
            **self.samples.identity,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Makes the next iteration go on where the state was saved.

        A state from the boundary of two epochs can be loaded with another batch size or number
        of ranks. Raises ValueError if the state is not of the same samples.
        """
        for name, value in self.samples.identity.items():
            if state[name] != value:
                raise ValueError(
                    f"the state is of other samples: its {name} is {state[name]}, not {value}"
                )
        same = state["batch_size"] == self._batch_size and all(
            state[name] == value for name, value in self._share.items()
        )
        epochs, batch = divmod(state["next_batch"], state["batches_per_epoch"])
        if not same and batch != 0:
            raise ValueError(
                "the state is from the middle of an epoch with "
                f"batch_size={state['batch_size']}, world_size={state['world_size']}, "
                f"drop_last={state['drop_last']}; use the same values, or a state from the end "
                "of an epoch"
            )
        self._first_epoch = state["first_epoch"]
        self._next_batch = epochs * self._batches_per_epoch + batch
        self._loaded = True

    def _check_process_group(self) -> None:
        if self._finds_rank and _rank_and_world_size() != (self._rank, self._share["world_size"]):
            raise RuntimeError(
                "this dataset was made before torch.distributed.init_process_group(); make it "
                "afterwards, or give rank and world_size"
            )


def _rank_and_world_size() -> tuple[int, int]:
    if distributed.is_available() and distributed.is_initialized():
        return distributed.get_rank(), distributed.get_world_size()
    return 0, 1
