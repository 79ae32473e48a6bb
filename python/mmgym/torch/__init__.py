"""Samples as PyTorch tensors, and images drawn on the device. Needs PyTorch 1.13 or newer."""

try:
    import torch as _torch
except ImportError as error:
    raise ImportError(f"mmgym.torch needs PyTorch ({error}); use 'pip install torch'") from error

if tuple(int(part) for part in _torch.__version__.split(".")[:2]) < (1, 13):
    raise ImportError(f"mmgym.torch needs PyTorch 1.13 or newer, not {_torch.__version__}")

from mmgym.torch.batches import AtomsBatch, Batch
from mmgym.torch.draw import draw, random_rotations
from mmgym.torch.samples import Samples

__all__ = ["AtomsBatch", "Batch", "Samples", "draw", "random_rotations"]
