"""A small network for the neighbor task and a training loop, which the other examples use."""

import itertools

import torch
from torch import nn


class NeighborNet(nn.Module):
    """Classifies the direction of the second view as seen from the first.

    Input: images of shape (batch, 2, channels, length, length, length), as mmgym writes them.
    Output: scores of shape (batch, directions).
    """

    def __init__(self, channels, length, directions=6):
        super().__init__()
        layers = [nn.BatchNorm3d(2 * channels)]  # instead of normalized images
        width = 2 * channels
        while length > 8:
            layers += [nn.Conv3d(width, 32, 3, stride=2, padding=1), nn.ReLU()]
            width, length = 32, (length + 1) // 2
        for _ in range(2):
            layers += [nn.Conv3d(width, 32, 3), nn.ReLU()]
            width, length = 32, length - 2
        layers += [nn.Flatten(), nn.Linear(32 * length**3, 64), nn.ReLU()]
        layers += [nn.Linear(64, directions)]
        self.layers = nn.Sequential(*layers)

    def forward(self, images):
        return self.layers(images.flatten(1, 2))


def train(batches, count):
    """Trains a network on `count` batches of images and labels."""
    torch.manual_seed(0)
    net = optimizer = None
    losses = []
    for images, labels in itertools.islice(batches, count):
        images, labels = torch.as_tensor(images).float(), torch.as_tensor(labels)
        if net is None:
            net = NeighborNet(channels=images.shape[2], length=images.shape[3])
            optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
        loss = nn.functional.cross_entropy(net(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if len(losses) % 100 == 0:
            print(f"{len(losses)} batches, loss {sum(losses[-100:]) / 100:.3f}", flush=True)
    return net.eval()


@torch.no_grad()
def accuracy(net, batches, count):
    """Returns the accuracy on `count` batches of images and labels."""
    hits = total = 0
    for images, labels in itertools.islice(batches, count):
        found = net(torch.as_tensor(images).float()).argmax(1)
        hits += (found == torch.as_tensor(labels)).sum().item()
        total += len(labels)
    return hits / total
