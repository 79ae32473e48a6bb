"""Training images for 3D CNNs from macromolecular structures.

    gym = mmgym.Gym("gym.sqlite")                  # a database made by `mmgym build-db`
    samples = gym.samples(split="train")           # the samples of `mmgym sample`, by index
    for batch in samples.batches(64, epochs=0):    # or mmgym.torch.Samples for PyTorch
        batch.images, batch.labels
"""

try:
    from mmgym._core import DatabaseError, DataError, __version__
except ImportError as error:
    raise ImportError(
        f"the compiled part of mmgym cannot be imported ({error}); install the package with "
        "'pip install .' in the folder of mmgym's source, for this Python"
    ) from error

from mmgym.gym import Gym
from mmgym.samples import AtomsBatch, AtomsSample, Batch, Batches, Sample, Samples

__all__ = [
    "AtomsBatch",
    "AtomsSample",
    "Batch",
    "Batches",
    "DataError",
    "DatabaseError",
    "Gym",
    "Sample",
    "Samples",
    "__version__",
]
