#!/usr/bin/env python3
"""Tests mmgym.torch.draw without the compiled part of the package.

    draw_test.py PYTHON_FOLDER GOLDEN_FOLDER
"""

import importlib.util
import itertools
import json
import math
import pathlib
import sys
import unittest
from typing import NamedTuple

from skip import needs

needs("torch")
import torch

FLOATS = (torch.float32, torch.float64)


class Atoms(NamedTuple):
    xyz: torch.Tensor
    channel: torch.Tensor
    weight: torch.Tensor
    image: torch.Tensor
    labels: torch.Tensor
    indices: torch.Tensor


def atoms_at(xyz, channel=0, weight=1.0, image=0, samples=1, labels=None, dtype=torch.float64):
    """Returns a batch of atoms. Numbers are for all atoms, lists for one each."""
    xyz = torch.as_tensor(xyz, dtype=dtype).reshape(-1, 3)

    def for_each(value, dtype):
        return torch.as_tensor(value, dtype=dtype).expand(len(xyz)).clone()

    return Atoms(
        xyz,
        for_each(channel, torch.uint8),
        for_each(weight, torch.float32),
        for_each(image, torch.int32),
        labels,
        torch.arange(samples),
    )


def random_atoms(count, edge_A, images=1, channels=1, seed=0, **others):
    random = torch.Generator().manual_seed(seed)
    xyz = (torch.rand(count, 3, generator=random, dtype=torch.float64) - 0.5) * edge_A
    channel = torch.randint(channels, (count,), generator=random)
    image = torch.randint(images, (count,), generator=random)
    weight = torch.rand(count, generator=random)
    return atoms_at(xyz, channel, weight, image, **others)


def turned(xyz, rotations):
    """Returns the coordinates, each turned by its own matrix."""
    rows = [[sum(m[i][j] * x[j] for j in range(3)) for i in range(3)]
            for x, m in zip(xyz.tolist(), rotations.tolist(), strict=True)]  # fmt: skip
    return torch.tensor(rows, dtype=xyz.dtype)


def golden_cases():
    """Returns the reference images of all files whose atoms this code draws."""
    fills = ("fraction-atom", "fraction-voxel", "overlap-A3")
    cases = []
    for path in sorted(GOLDEN.glob("*.json")):
        content = json.loads(path.read_text())
        for case in content if isinstance(content, list) else []:
            if "grid" not in case or case["fill"] not in fills:
                continue
            radii = set(case["atoms"]["radius_A"])
            if len(radii) == 1 and max(radii) <= case["grid"]["resolution_A"] / 2:
                cases.append(case)
    return cases


def fraction_by_columns(center, radius_A, low, steps=300):
    """Returns the fraction of a ball in the voxel of 1 Å at `low`, from lengths of thin columns."""
    columns_A2 = 1
    middles = []
    for axis in range(2):
        first = max(low[axis] - center[axis], -radius_A)
        width = (min(low[axis] + 1 - center[axis], radius_A) - first) / steps
        if width <= 0:
            return 0
        middles.append(first + (torch.arange(steps, dtype=torch.float64) + 0.5) * width)
        columns_A2 *= width
    dx, dy = torch.meshgrid(*middles, indexing="ij")
    dz = (radius_A**2 - dx**2 - dy**2).clamp(min=0).sqrt()
    bottom, top = low[2] - center[2], low[2] + 1 - center[2]
    lengths = (dz.clamp(max=top) - (-dz).clamp(min=bottom)).clamp(min=0)
    return lengths.sum().item() * columns_A2 / (4 / 3 * math.pi * radius_A**3)


class Draw(unittest.TestCase):
    def assert_close(self, images, expected, tolerance):
        self.assertEqual(images.shape, expected.shape)
        # Not `<=` of a maximum, which NaN may pass.
        self.assertTrue(bool(((images - expected).abs() <= tolerance).all()))

    def test_images_agree_with_the_reference_program(self):
        cases = golden_cases()
        self.assertTrue(cases)
        tolerances = ((torch.float32, 1e-5), (torch.float64, 1e-6))
        for case, (dtype, tolerance) in itertools.product(cases, tolerances):
            with self.subTest(case=case["name"], dtype=dtype):
                grid, given = case["grid"], case["atoms"]
                rows = [(i, channel) for i, several in enumerate(given["channels"])
                        for channel in several]  # fmt: skip
                of_row = torch.tensor([i for i, _ in rows])
                xyz = torch.tensor([given["x"], given["y"], given["z"]], dtype=torch.float64).t()
                xyz = xyz - torch.tensor(grid["center_A"], dtype=torch.float64)
                weight = torch.tensor(given["occupancy"])
                atoms = atoms_at(
                    xyz[of_row], [channel for _, channel in rows], weight[of_row], dtype=dtype
                )
                length = grid["length_voxels"]
                images = draw(
                    atoms,
                    length,
                    grid["resolution_A"],
                    case["channels"],
                    atom_radius_A=given["radius_A"][0],
                    fill=case["fill"],
                    aggregate=case["aggregate"],
                )
                self.assertEqual(images.dtype, dtype)
                self.assertEqual(images.shape, (1, case["channels"], length, length, length))
                expected = torch.zeros(images.numel(), dtype=torch.float64)
                expected[case["expected"]["index"]] = torch.tensor(
                    case["expected"]["value"], dtype=torch.float64
                )
                self.assert_close(images.double().view(-1), expected, tolerance)

    def test_voxels_are_the_volumes_of_thin_columns_through_the_ball(self):
        for seed, radius_A in enumerate((0.5, 0.5, 0.5, 0.4, 0.3)):
            center = random_atoms(1, 2, seed=seed).xyz
            image = draw(atoms_at(center), 4, channels=1, atom_radius_A=radius_A)[0, 0]
            expected = torch.zeros_like(image)
            for i, j, k in itertools.product(range(4), repeat=3):
                low = (i - 2, j - 2, k - 2)
                expected[i, j, k] = fraction_by_columns(center[0].tolist(), radius_A, low)
            self.assertGreater((expected > 1e-3).sum(), 1)
            self.assert_close(image, expected, 1e-4)

    def test_float32_is_close_to_float64(self):
        # Many atoms with a plane at almost the same distance as the surface of the ball, or at the
        # center.
        count = 3000
        atoms = random_atoms(count, 22, dtype=torch.float32)
        tiny = random_atoms(count, 1e-3, seed=1, dtype=torch.float32).xyz
        atoms.xyz[::2] = (atoms.xyz[::2] * 2).round() / 2 + tiny[::2]
        # An image for each atom, so that errors do not add up.
        atoms = atoms._replace(image=torch.arange(count), indices=torch.arange(count))
        images = [draw(atoms, 22, channels=1, dtype=dtype) for dtype in FLOATS]
        for image, dtype in zip(images, FLOATS, strict=True):
            self.assertEqual(image.dtype, dtype)
            self.assertGreaterEqual(image.min(), 0)
        self.assert_close(images[0].double(), images[1], 1e-6)

    def test_voxels_of_a_ball_in_the_image_sum_to_its_weight(self):
        count = 200
        atoms = random_atoms(count, 7, samples=count)._replace(image=torch.arange(count))
        for radius_A in (0.5, 0.2, 0.01):
            sums = draw(atoms, 8, channels=1, atom_radius_A=radius_A).sum((1, 2, 3, 4))
            self.assert_close(sums, atoms.weight.double(), 1e-12)

    def test_fills_are_multiples_of_each_other(self):
        atoms = random_atoms(50, 3)
        ball_A3 = 4 / 3 * math.pi * 0.2**3
        images = {
            fill: draw(atoms, 6, 0.5, 1, atom_radius_A=0.2, fill=fill)
            for fill in ("fraction-atom", "fraction-voxel", "overlap-A3")
        }
        atom = images["fraction-atom"]
        self.assertGreater(atom.sum(), 1)
        self.assert_close(images["overlap-A3"], atom * ball_A3, 1e-12)
        self.assert_close(images["fraction-voxel"], atom * ball_A3 / 0.5**3, 1e-12)

    def test_atoms_moved_by_a_voxel_give_images_moved_by_a_voxel(self):
        atoms = random_atoms(100, 6 * 0.75)
        image = draw(atoms, 9, 0.75, 1)
        for axis in range(3):
            moved = atoms.xyz.clone()
            moved[:, axis] += 0.75
            expected = image.roll(1, axis + 2)
            self.assert_close(draw(atoms._replace(xyz=moved), 9, 0.75, 1), expected, 1e-12)

    def test_axes_are_x_y_z(self):
        image = draw(atoms_at([-1.0, 0.0, 1.0]), 3, channels=1)
        self.assert_close(image[0, 0, 0, 1, 2], torch.tensor(1.0), 1e-6)

    def test_a_batch_has_the_images_that_its_parts_have(self):
        atoms = random_atoms(300, 6, images=6, channels=3, samples=3, labels=torch.zeros(3))
        images = draw(atoms, 6, channels=3)
        self.assertEqual(images.shape, (3, 2, 3, 6, 6, 6))
        for sample, view, channel in itertools.product(range(3), range(2), range(3)):
            part = (atoms.image == 2 * sample + view) & (atoms.channel == channel)
            alone = atoms_at(atoms.xyz[part], weight=atoms.weight[part])
            expected = draw(alone, 6, channels=1)[0, 0]
            self.assertGreater(expected.sum(), 0)
            self.assert_close(images[sample, view, channel], expected, 1e-12)
        single = atoms._replace(labels=None, indices=torch.arange(6), image=atoms.image.long())
        self.assert_close(draw(single, 6, channels=3), images.view(6, 3, 6, 6, 6), 1e-12)

    def test_max_is_the_maximum_over_atoms_that_are_drawn_alone(self):
        atoms = random_atoms(60, 4)
        one_each = atoms._replace(image=torch.arange(60), indices=torch.arange(60))
        alone = draw(one_each, 4, channels=1)
        self.assertGreater((alone > 0).sum(0).max(), 1)
        images = draw(atoms, 4, channels=1, aggregate="max")
        self.assert_close(images[0], alone.amax(0), 0)

    def test_a_ball_on_planes_between_voxels_is_divided_equally(self):
        half, whole = 0.5, 1.0
        for dtype, zero in itertools.product(FLOATS, (0.0, -0.0)):
            for on_plane in itertools.product((True, False), repeat=3):
                xyz = [zero if on else 0.5 for on in on_plane]
                image = draw(atoms_at(xyz, dtype=dtype), 4, channels=1)[0, 0]
                expected = torch.zeros(4, 4, 4, dtype=dtype)
                halves = [half if on else whole for on in on_plane]
                ranges = [slice(1, 3) if on else slice(2, 3) for on in on_plane]
                expected[tuple(ranges)] = math.prod(halves)
                self.assert_close(image, expected, 1e-7)

    def test_only_the_part_in_the_image_is_drawn(self):
        # (x, part of the ball in the image)
        positions = ((-2, 0.5), (2, 0.5), (2.5, 0), (-2.5, 0), (1.5, 1), (-1.5, 1),
                     (2.25, 5 / 32), (-2.25, 5 / 32), (1.75, 27 / 32))  # fmt: skip
        for dtype, axis, (x, part) in itertools.product(FLOATS, range(3), positions):
            xyz = [0.5, 0.5, 0.5]
            xyz[axis] = x
            image = draw(atoms_at(xyz, dtype=dtype), 4, channels=1)
            self.assert_close(image.sum(), torch.tensor(part, dtype=dtype), 1e-7)
            # All of it is in the row of voxels along the axis.
            row = [0, 0, 2, 2, 2]
            row[axis + 2] = slice(None)
            self.assert_close(image[tuple(row)].sum(), image.sum(), 1e-7)
        corner = draw(atoms_at([2.0, 2.0, 2.0]), 4, channels=1)
        self.assert_close(corner[0, 0, 3, 3, 3], torch.tensor(1 / 8), 1e-7)
        self.assert_close(corner.sum(), torch.tensor(1 / 8), 1e-7)

    def test_atoms_outside_of_the_image_or_without_a_position_change_nothing(self):
        far = (2.51, 3.0, 50.0, 1e9, 1e30, math.inf, math.nan)
        for dtype, grid in itertools.product(FLOATS, (1, 4, 5)):
            inside = atoms_at([0.1, 0.2, -0.3], dtype=dtype)
            expected = draw(inside, grid, channels=1)
            beyond = [x + (grid - 4) / 2 for x in far]
            for axis, sign in itertools.product(range(3), (1, -1)):
                xyz = torch.zeros(len(far), 3, dtype=dtype)
                xyz[:, axis] = sign * torch.tensor(beyond, dtype=dtype)
                atoms = atoms_at(torch.cat((xyz, inside.xyz)), dtype=dtype)
                for aggregate in ("sum", "max"):
                    images = draw(atoms, grid, channels=1, aggregate=aggregate)
                    self.assert_close(images, expected, 1e-6)

    def test_atoms_of_channels_that_images_do_not_have_are_not_drawn(self):
        atoms = random_atoms(100, 4, images=3, channels=5, samples=3)
        self.assert_close(draw(atoms, 4, channels=3), draw(atoms, 4, channels=5)[:, :3], 0)

    def test_drawing_leaves_the_atoms_as_they_are(self):
        for dtype in FLOATS:
            atoms = random_atoms(20, 6, dtype=dtype)
            # The coordinates are in memory as the computation wants them.
            atoms = atoms._replace(xyz=atoms.xyz.t().contiguous().t())
            before = [tensor.clone() for tensor in atoms[:4]]
            draw(atoms, 4, 0.75, 1, augment=torch.eye(3))
            draw(atoms, 4, 0.75, 1)
            for tensor, old in zip(atoms[:4], before, strict=True):
                self.assertTrue(torch.equal(tensor, old))

    def test_images_have_no_gradient(self):
        atoms = random_atoms(20, 4)
        atoms.xyz.requires_grad_()
        self.assertFalse(draw(atoms, 4, channels=1).requires_grad)

    def test_drawing_twice_gives_the_same_bits(self):
        atoms = random_atoms(20_000, 8, images=4, samples=4, dtype=torch.float32)
        for aggregate in ("sum", "max"):
            images = [draw(atoms, 8, channels=1, aggregate=aggregate) for _ in range(2)]
            self.assertTrue(torch.equal(*images))

    def test_empty_batches_have_empty_images(self):
        for aggregate, augment in itertools.product(("sum", "max"), (None, "rotation")):
            for samples in (0, 2):
                atoms = atoms_at([], samples=samples, dtype=torch.float32)
                images = draw(atoms, 5, aggregate=aggregate, augment=augment)
                self.assert_close(images, torch.zeros(samples, 8, 5, 5, 5), 0)
                atoms = atoms._replace(labels=torch.zeros(samples))
                images = draw(atoms, 5, aggregate=aggregate, augment=augment)
                self.assert_close(images, torch.zeros(samples, 2, 8, 5, 5, 5), 0)


class Rotations(unittest.TestCase):
    assert_close = Draw.assert_close

    def test_images_turned_by_matrices_are_images_of_turned_coordinates(self):
        atoms = random_atoms(100, 6, images=4, samples=2, labels=torch.zeros(2))
        generator = torch.Generator().manual_seed(1)
        rotations = random_rotations(4, generator=generator, dtype=torch.float64)
        for augment, of_atoms in (
            (rotations, rotations[atoms.image.long()]),
            (rotations[0], rotations[:1].expand(100, 3, 3)),
            (rotations[0].t(), rotations[:1].transpose(1, 2).expand(100, 3, 3)),
        ):
            by_hand = atoms._replace(xyz=turned(atoms.xyz, of_atoms))
            expected = draw(by_hand, 6, channels=1)
            self.assert_close(draw(atoms, 6, channels=1, augment=augment), expected, 1e-12)

    def test_the_second_view_alone_can_be_turned(self):
        atoms = random_atoms(100, 6, images=4, samples=2, labels=torch.zeros(2))
        rotations = random_rotations(2 * 2)
        rotations[::2] = torch.eye(3)
        change = (draw(atoms, 6, channels=1, augment=rotations) - draw(atoms, 6, channels=1)).abs()
        self.assertLess(change[:, 0].max(), 1e-6)
        for sample in range(2):
            self.assertGreater(change[sample, 1].max(), 0.1)

    def test_a_quarter_turn_about_z_moves_x_to_y(self):
        quarter = torch.tensor([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])
        image = draw(atoms_at([1.0, 0.0, 0.0]), 3, channels=1, augment=quarter)
        self.assert_close(image[0, 0, 1, 2, 1], torch.tensor(1.0), 1e-6)

    def test_random_rotations_of_images_come_from_the_generator(self):
        for dtype, labels in itertools.product(FLOATS, (None, torch.zeros(3))):
            images = 3 if labels is None else 6
            atoms = random_atoms(200, 6, images=images, samples=3, labels=labels, dtype=dtype)

            def rotated(seed, atoms=atoms):
                generator = torch.Generator().manual_seed(seed)
                return draw(atoms, 6, channels=1, augment="rotation", generator=generator)

            generator = torch.Generator().manual_seed(7)
            rotations = random_rotations(images, generator=generator, dtype=dtype)
            self.assert_close(rotated(7), draw(atoms, 6, channels=1, augment=rotations), 0)
            self.assertGreater((rotated(8) - rotated(7)).abs().max(), 0.1)

    def test_without_a_generator_rotations_come_from_the_seed_of_torch(self):
        atoms = random_atoms(10, 4)
        images = []
        for seed in (1, 1, 2):
            torch.manual_seed(seed)
            images.append(draw(atoms, 4, channels=1, augment="rotation"))
        self.assert_close(images[1], images[0], 0)
        self.assertGreater((images[2] - images[0]).abs().max(), 0.01)

    def test_turned_atoms_keep_their_distance_from_the_center(self):
        # A ball of 0.5 Å at 2.5 Å is in the image of 6 Å wherever it is turned. One beyond the
        # corners of the image, 5.2 Å from its center, is nowhere in it.
        count = 100
        for distance_A, weight in ((2.5 - 1e-6, 1.0), (5.7, 0.0)):
            xyz = torch.tensor([distance_A, 0, 0]).expand(count, 3)
            atoms = atoms_at(xyz, image=torch.arange(count), samples=count)
            images = draw(atoms, 6, channels=1, augment="rotation")
            sums = images.sum((1, 2, 3, 4))
            self.assert_close(sums, torch.full_like(sums, weight), 1e-5)

    def test_random_rotations_are_rotations(self):
        for dtype, tolerance in zip(FLOATS, (2e-6, 1e-14), strict=True):
            rotations = random_rotations(1000, dtype=dtype)
            self.assertEqual(rotations.shape, (1000, 3, 3))
            products = rotations @ rotations.transpose(1, 2)
            self.assert_close(products, torch.eye(3, dtype=dtype).expand_as(products), tolerance)
            ones = torch.ones(1000, dtype=dtype)
            self.assert_close(torch.linalg.det(rotations), ones, tolerance)

    def test_random_rotations_are_uniform(self):
        # Expected values for uniform rotations, with 5 standard deviations of the means.
        count = 20_000
        generator = torch.Generator().manual_seed(0)
        rotations = random_rotations(count, generator=generator, dtype=torch.float64)
        zeros, thirds = torch.zeros(3, 3), torch.full((3, 3), 1 / 3)
        # A turned unit vector is uniform on the sphere.
        self.assert_close(rotations.mean(0), zeros, 5 * math.sqrt(1 / 3 / count))
        self.assert_close((rotations**2).mean(0), thirds, 5 * math.sqrt(4 / 45 / count))
        # The trace 1 + 2 cos(angle) has mean 0 and variance 1, its square has variance 2.
        trace = rotations.diagonal(dim1=1, dim2=2).sum(1)
        self.assert_close(trace.mean(), torch.tensor(0.0), 5 / math.sqrt(count))
        self.assert_close((trace**2).mean(), torch.tensor(1.0), 5 * math.sqrt(2 / count))


class WrongArguments(unittest.TestCase):
    def refused(self, message, atoms=None, **arguments):
        atoms = random_atoms(5, 4, images=2, samples=2) if atoms is None else atoms
        with self.assertRaisesRegex(ValueError, message) as caught:
            draw(atoms, **arguments)
        self.assertNotIn("\n", str(caught.exception))

    def test_wrong_parameters_of_images_are_refused(self):
        for grid in (0, -1, 1025, 24.0, "24"):
            self.refused("1 to 1024 voxels along its edge", grid=grid)
        for resolution_A in (0, -1, 1e-7, 1e7, math.nan, math.inf):
            self.refused("resolution", resolution_A=resolution_A)
        for channels in (0, 33, 8.0):
            self.refused("1 to 32 channels", channels=channels)
        self.refused("fraction-atom, fraction-voxel, overlap-A3, not 'nearest'", fill="nearest")
        self.refused("aggregate must be sum or max, not 'mean'", aggregate="mean")
        self.refused("dtype must be torch.float32 or torch.float64", dtype=torch.float16)

    def test_a_radius_of_more_than_half_a_voxel_is_refused(self):
        for radius_A in (0, -0.1, 0.51, math.nan):
            self.refused("at most half a voxel, 0.5 Å", atom_radius_A=radius_A)
        self.refused("at most half a voxel, 0.375 Å", resolution_A=0.75, atom_radius_A=0.4)

    def test_wrong_rotations_are_refused(self):
        self.refused("None, 'rotation' or a tensor, not 'flip'", augment="flip")
        for shape in ((3,), (1, 3, 3), (3, 3, 3), (2, 4, 4)):
            self.refused(r"\(3, 3\) or, one for each image, \(2, 3, 3\)", augment=torch.ones(shape))

    def test_tensors_of_wrong_shapes_are_refused(self):
        atoms = random_atoms(5, 4)
        self.refused(r"xyz must have the shape \(N, 3\)", atoms._replace(xyz=atoms.xyz.t()))
        for name in ("channel", "weight", "image"):
            short = atoms._replace(**{name: getattr(atoms, name)[:4]})
            self.refused(f"{name} must have one value per row of xyz", short)


def load(path):
    """Returns the module in a file of the package, without the package's compiled part."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    PYTHON, GOLDEN = map(pathlib.Path, sys.argv[1:3])
    module = load(PYTHON / "mmgym" / "torch" / "draw.py")
    draw, random_rotations = module.draw, module.random_rotations
    # PyTorch 1.13 warns that scatter_reduce_ is new.
    unittest.main(argv=sys.argv[:1], warnings="ignore")
