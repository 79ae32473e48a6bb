"""Batches of tensors. They share the memory of mmgym's NumPy arrays."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

import mmgym


class Batch(NamedTuple):
    """The samples of a batch, B in number. `labels` is None for single views."""

    images: Tensor  # (B, 2, C, L, L, L), or (B, C, L, L, L)
    labels: Tensor | None  # (B,) int64
    indices: Tensor  # (B,) int64, of the samples

    def to(self, device: torch.device | str, non_blocking: bool = False) -> Batch:
        return Batch._make(_moved(tensor, device, non_blocking) for tensor in self)


class AtomsBatch(NamedTuple):
    """The samples of a batch as the N atoms that draw() makes images of."""

    xyz: Tensor  # (N, 3), angstrom, in the frame of the view, the image's center at 0
    channel: Tensor  # (N,) uint8
    weight: Tensor  # (N,) float32, the occupancy
    image: Tensor  # (N,) int32, sample * views + view
    labels: Tensor | None  # (B,) int64
    indices: Tensor  # (B,) int64

    def to(self, device: torch.device | str, non_blocking: bool = False) -> AtomsBatch:
        return AtomsBatch._make(_moved(tensor, device, non_blocking) for tensor in self)


def _moved(tensor: Tensor | None, device: torch.device | str, non_blocking: bool) -> Tensor | None:
    return None if tensor is None else tensor.to(device, non_blocking=non_blocking)


def as_tensors(batch: mmgym.Batch | mmgym.AtomsBatch) -> Batch | AtomsBatch:
    """Returns the batch with its arrays as tensors, without copying them."""
    tensors = (None if array is None else torch.from_numpy(array) for array in batch)
    if isinstance(batch, mmgym.Batch):
        return Batch._make(tensors)
    return AtomsBatch._make(tensors)
