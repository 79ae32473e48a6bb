"""A small network for the neighbor task, functions that train and test it, and their flags."""

import itertools

import torch
from torch import nn


class NeighborNet(nn.Module):
    """Classifies the direction of the second view as seen from the first.

    Input: images of shape (batch, 2, channels, length, length, length), as mmgym writes them.
    Output: scores of shape (batch, directions).
    """

    def __init__(self, channels, directions=6):
        super().__init__()
        # Both views go through the same encoder. Its convolutions are fast enough for a CPU because
        # it first averages the images to 8 x 8 x 8 voxels. Without BatchNorm, the loss stays at that
        # of guessing for the first 150 batches or more.
        self.encoder = nn.Sequential(
            nn.AdaptiveAvgPool3d(8),
            nn.Conv3d(channels, 32, 3, stride=2, padding=1, bias=False),  # 4 x 4 x 4
            nn.BatchNorm3d(32),
            nn.ReLU(),
            nn.Conv3d(32, 64, 3, bias=False),  # 2 x 2 x 2
            nn.BatchNorm3d(64),
            nn.ReLU(),
            nn.Flatten(),
        )
        self.classifier = nn.Sequential(
            nn.Linear(2 * 64 * 2**3, 128, bias=False),
            nn.BatchNorm1d(128),
            nn.ReLU(),
            nn.Linear(128, directions),
        )

    def forward(self, images):
        codes = self.encoder(images.flatten(0, 1))
        return self.classifier(codes.view(len(images), -1))


def train(batches, count=300, seed=0):
    """Trains a network on `count` batches: tuples that start with images and labels."""
    torch.manual_seed(seed)
    batches = itertools.islice(batches, count)
    first = next(batches)
    net = NeighborNet(channels=first[0].shape[2])
    optimizer = torch.optim.AdamW(net.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=5e-3, total_steps=count)
    losses = []
    for images, labels, *_ in itertools.chain([first], batches):
        loss = nn.functional.cross_entropy(net(as_floats(images)), torch.as_tensor(labels))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if len(losses) % 100 == 0:
            print(f"{len(losses)} batches, loss {sum(losses[-100:]) / 100:.3f}", flush=True)
    return net.eval()


@torch.no_grad()
def accuracy(net, batches, count=None):
    """Returns the fraction of labels that the network finds in `count` (default: all) batches."""
    hits = total = 0
    for images, labels, *_ in itertools.islice(batches, count):
        found = net(as_floats(images)).argmax(1)
        hits += (found == torch.as_tensor(labels)).sum().item()
        total += len(labels)
    return hits / total


def print_accuracies(net, known, held_out):
    """Prints the accuracy on 50 batches of structures of the training, and of other structures."""
    print(f"accuracy on known structures {accuracy(net, known, 50):.3f}, "
          f"on held-out structures {accuracy(net, held_out, 50):.3f}; guessing: 0.167")  # fmt: skip


def add_training_flags(parser, workers=0):
    """Adds the flags that all examples have."""
    parser.add_argument("--workers", type=int, default=workers, help="processes of the data loader")
    parser.add_argument("--batches", type=int, default=300)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--seed", type=int, default=0)


def as_floats(images):
    return torch.as_tensor(images).float()  # from float16 or a NumPy array too
