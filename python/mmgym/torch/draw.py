"""Draws images from batches of atoms with PyTorch, on the device of their tensors.

The volume of a ball in a voxel has a closed form, which lib/voxel/overlap.h derives. The radius of
a ball is at most half a voxel. Along each axis, at most one plane between voxels cuts the ball, so
it is in at most eight voxels.

N is the number of atoms, and the last dimension of all intermediate tensors.
"""

from __future__ import annotations

import math
from typing import Any

import torch

# As in lib/voxel/grid.h and lib/voxel/image_params.h.
MAX_GRID = 1024
MAX_CHANNELS = 32


@torch.no_grad()
def draw(
    atoms: Any,
    grid: int = 24,
    resolution_A: float = 1.0,
    channels: int = 8,
    *,
    atom_radius_A: float | None = None,
    fill: str = "fraction-atom",
    aggregate: str = "sum",
    augment: str | torch.Tensor | None = None,
    generator: torch.Generator | None = None,
    dtype: torch.dtype | None = None,
) -> torch.Tensor:
    """Returns the images of a batch of atoms, on the device of `atoms.xyz`.

    The shape is (B, 2, channels, L, L, L) if `atoms.labels` is not None, as in the neighbor task,
    and (B, channels, L, L, L) otherwise, where L is `grid`. The axes of an image are channel, x, y
    and z.

    `atoms` has these attributes:

    - xyz: (N, 3), float32 or float64, Å in the frame of the atom's view, with the center of the
      image at 0. An atom may be anywhere. Only the part in the image is drawn.
    - channel: (N,), uint8. Atoms of channels that the images do not have are not drawn.
    - weight: (N,), float32, the occupancy.
    - image: (N,), int32 or int64, sample * views + view, where the neighbor task has 2 views.
    - labels: (B,) or None.
    - indices: (B,).

    An atom is a ball of radius `atom_radius_A`, at most half a voxel, which is the default. It adds
    its weight times a number to each voxel. With `fill` "fraction-atom" this number is the fraction
    of the ball that is in the voxel, with "fraction-voxel" the fraction of the voxel that is in the
    ball, and with "overlap-A3" the volume of their overlap in Å³. With `aggregate` "max", a voxel
    has the maximum over atoms instead of the sum.

    `augment` turns images about their centers. It is None, "rotation" for a random rotation of each
    image (`random_rotations` with `generator`), or a tensor of rotation matrices: (3, 3), or
    (images, 3, 3) with one for each image. A matrix R turns x into R x.

    - The samples have no atoms outside of their images. Therefore the corners of a turned image are
      empty, unless the samples were made with a grid that is at least √3 times as large.
    - In the neighbor task, the label is a direction in the axes of the first view. Do not turn the
      first view: its label would be wrong. The second view may be turned:
      `rotations = random_rotations(2 * B); rotations[::2] = torch.eye(3)`.

    `dtype` is the data type of the computation and of the images, float32 or float64, by default
    that of `atoms.xyz`. On a CPU, drawing a batch again gives the same images, to the last bit.
    Images have no gradient.

    Raises ValueError for arguments that are not as described here.
    """
    _check(atoms, grid, resolution_A, channels)
    radius_A = resolution_A / 2 if atom_radius_A is None else atom_radius_A
    scale = _scale(fill, radius_A, resolution_A)
    if aggregate not in ("sum", "max"):
        raise ValueError(f"aggregate must be sum or max, not {aggregate!r}")
    dtype = atoms.xyz.dtype if dtype is None else dtype
    if dtype not in (torch.float32, torch.float64):
        raise ValueError(f"dtype must be torch.float32 or torch.float64, not {dtype}")

    samples = len(atoms.indices)
    views = () if atoms.labels is None else (2,)
    image_count = samples * math.prod(views)
    image = atoms.image.long()
    xyz_A = atoms.xyz.to(dtype).t().contiguous()
    rotations = _rotations(augment, image_count, generator, xyz_A)
    if rotations is not None:
        xyz_A = _turned(xyz_A, rotations, image)

    voxels, inside, offsets = _locate(xyz_A, grid, resolution_A, radius_A)
    has_channel = atoms.channel < channels
    weight = atoms.weight.to(dtype) * has_channel * scale
    first = (image * channels + atoms.channel * has_channel) * grid**3

    x, y, z = inside.to(dtype).unbind(1)
    values = _fractions(offsets).mul_(_combined(torch.mul, x * weight, y, z))
    x, y, z = voxels.unbind(1)
    places = _combined(torch.add, x * grid**2 + first, y * grid, z)

    images = torch.zeros(image_count * channels * grid**3, dtype=dtype, device=xyz_A.device)
    if aggregate == "sum":
        images.scatter_add_(0, places.view(-1), values.view(-1))
    else:
        images.scatter_reduce_(0, places.view(-1), values.view(-1), "amax")
    return images.view(samples, *views, channels, grid, grid, grid)


def random_rotations(
    count: int,
    *,
    generator: torch.Generator | None = None,
    dtype: torch.dtype = torch.float32,
    device: torch.device | str | None = None,
) -> torch.Tensor:
    """Returns (count, 3, 3) rotation matrices, drawn uniformly from all rotations.

    They are drawn on `device` with `generator`, or with the default generator of the device.
    """
    # The direction of a normally distributed quaternion is uniform.
    quaternions = torch.randn(count, 4, generator=generator, dtype=dtype, device=device)
    w, x, y, z = (quaternions / quaternions.norm(dim=1, keepdim=True)).unbind(1)
    rows = (
        (1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
        (2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
        (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
    )
    return torch.stack([torch.stack(row, dim=1) for row in rows], dim=1)


def _check(atoms, grid, resolution_A, channels):
    if not (isinstance(grid, int) and 1 <= grid <= MAX_GRID):
        raise ValueError(f"an image must have 1 to {MAX_GRID} voxels along its edge, not {grid}")
    if not 1e-6 <= resolution_A <= 1e6:
        raise ValueError(f"the resolution must be 1e-6 to 1e6 Å, not {resolution_A}")
    if not (isinstance(channels, int) and 1 <= channels <= MAX_CHANNELS):
        raise ValueError(f"an image must have 1 to {MAX_CHANNELS} channels, not {channels}")
    if atoms.xyz.dim() != 2 or atoms.xyz.shape[1] != 3:
        raise ValueError(f"xyz must have the shape (N, 3), not {tuple(atoms.xyz.shape)}")
    for name in ("channel", "weight", "image"):
        shape = getattr(atoms, name).shape
        if shape != atoms.xyz.shape[:1]:
            raise ValueError(f"{name} must have one value per row of xyz, not {tuple(shape)}")


def _scale(fill, radius_A, resolution_A):
    """Returns what a whole ball adds to a voxel."""
    if not 0 < radius_A <= resolution_A / 2:
        raise ValueError(
            f"the radius of atoms must be more than 0 and at most half a voxel, "
            f"{resolution_A / 2:g} Å, not {radius_A:g} Å"
        )
    ball_A3 = 4 / 3 * math.pi * radius_A**3
    scales = {
        "fraction-atom": 1.0,
        "fraction-voxel": ball_A3 / resolution_A**3,
        "overlap-A3": ball_A3,
    }
    if fill not in scales:
        raise ValueError(f"fill must be one of {', '.join(scales)}, not {fill!r}")
    return scales[fill]


def _rotations(augment, count, generator, xyz):
    """Returns the rotation matrices, (count, 3, 3) or one for all (1, 3, 3), or None."""
    if augment is None:
        return None
    if isinstance(augment, torch.Tensor):
        if augment.shape not in ((3, 3), (count, 3, 3)):
            raise ValueError(
                f"rotation matrices must have the shape (3, 3) or, one for each image, "
                f"({count}, 3, 3), not {tuple(augment.shape)}"
            )
        return augment.to(xyz).view(-1, 3, 3)
    if augment != "rotation":
        raise ValueError(f"augment must be None, 'rotation' or a tensor, not {augment!r}")
    return random_rotations(count, generator=generator, dtype=xyz.dtype, device=xyz.device)


def _turned(xyz, rotations, image):
    """Returns the coordinates (3, N), turned by the rotations of their images."""
    matrices = rotations.permute(1, 2, 0)
    if len(rotations) > 1:
        matrices = matrices.contiguous().index_select(2, image)
    # Not a matrix product, because CUDA may round its factors to TF32.
    return (matrices * xyz).sum(1)


def _locate(xyz_A, grid, resolution_A, radius_A):
    """Finds the nearest plane between voxels along each axis, and the voxels on both sides of it.

    Returns voxels and inside, both (2, 3, N), and offsets (3, N). First are the voxels on the side
    of the ball's center, then those on the other side. `inside` tells which are in the image. The
    others are replaced by the nearest voxel of the image. Offsets are distances from the center to
    the plane in radii, or 1 if the plane does not cut the ball.
    """
    half = grid / 2
    # Atoms without a position (NaN) are moved out of the image.
    position = (xyz_A / resolution_A).nan_to_num_(half + 1)
    plane = (position + half).round_()
    # In voxels from the center of the image, so that float32 rounds little.
    offset = position - (plane - half)
    below = offset < 0
    voxels = torch.stack((below, ~below)).to(plane.dtype).neg_().add_(plane)
    nearest = voxels.clamp(0, grid - 1)
    inside = nearest == voxels
    return nearest.long(), inside, offset.abs_().mul_(resolution_A / radius_A).clamp_(max=1)


def _fractions(a):
    """Returns the fractions of balls in their eight voxels, (2, 2, 2, N), from offsets (3, N).

    The indices are those of the axes x, y and z: 0 for voxels on the side of the center, 1 for
    voxels on the other side of the plane.
    """
    aa = a * a
    k = (3 - aa).mul_(a)
    cap = (2 - k).mul_(1 / 4)
    # Edges of the planes x and y, y and z, z and x. atan2 is exact where acos loses digits: if
    # planes barely touch the ball. If they do not meet in it, g, all angles and the edge are 0.
    b, bb, kb = a.roll(-1, 0), aa.roll(-1, 0), k.roll(-1, 0)
    ab = a * b
    g = (1 - aa).sub_(bb).clamp_(min=0).sqrt_()
    edge = torch.atan2(g, ab).mul_(2)
    edge.sub_(torch.atan2(g, b).mul_(k)).sub_(torch.atan2(g, a).mul_(kb))
    edge.add_(ab.mul_(g), alpha=2).mul_(1 / (4 * math.pi))
    corner = 1 / 8 - cap.sum(0) / 4 + edge.sum(0) / 2 - a.prod(0) * (3 / (4 * math.pi))
    corner.mul_(aa.sum(0) < 1)

    # The parts beyond the planes whose index is 1. Then, along each axis, what is beyond the plane
    # is taken from the near side.
    parts = (torch.ones_like(corner), cap[2], cap[1], edge[1], cap[0], edge[2], edge[0], corner)
    fractions = torch.stack(parts).view(2, 2, 2, -1)
    for axis in range(3):
        near, other = fractions.unbind(axis)
        near.sub_(other)
    return fractions.clamp_(min=0)


def _combined(operation, x, y, z):
    """Returns the results for all combinations of x, y and z, each (2, N), as (2, 2, 2, N)."""
    return operation(operation(x[:, None, None], y[:, None]), z)
