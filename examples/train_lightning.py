#!/usr/bin/env python3
"""Train with PyTorch Lightning on samples that are made during training.

    train_lightning.py GYM.SQLITE [--workers N] [--batches N]

The database needs the splits `train` and `val`. Takes about 20 s on one core.
"""

import argparse
from typing import Any

import mmgym
import mmgym.torch
import pytorch_lightning as pl
import torch
from neighbor_net import NeighborNet, add_training_flags
from torch.nn import functional
from torch.utils.data import DataLoader

parser = argparse.ArgumentParser()
parser.add_argument("gym")
add_training_flags(parser)
arguments = parser.parse_args()


class Classifier(pl.LightningModule):
    def __init__(self, channels: int):
        super().__init__()
        self.net = NeighborNet(channels)

    def training_step(self, batch: Any, _: int) -> torch.Tensor:
        images, labels, _indices = batch
        return functional.cross_entropy(self.net(images), labels)

    def validation_step(self, batch: Any, _: int, dataloader_idx: int) -> None:
        images, labels, _indices = batch
        hits = self.net(images).argmax(1) == labels
        name = ["known structures", "held-out structures"][dataloader_idx]
        self.log(f"accuracy on {name}", hits.float().mean(), batch_size=len(hits),
                 add_dataloader_idx=False)  # fmt: skip

    def configure_optimizers(self) -> Any:
        optimizer = torch.optim.AdamW(self.parameters())
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, max_lr=5e-3, total_steps=arguments.batches
        )
        return [optimizer], [{"scheduler": schedule, "interval": "step"}]


class Samples(pl.LightningDataModule):
    """Makes the datasets when Lightning has started the processes of a distributed training."""

    def train_dataloader(self) -> DataLoader[Any]:
        return loader("train", epochs=0)

    def val_dataloader(self) -> list[DataLoader[Any]]:
        return [loader(split, count=2048) for split in ("train", "val")]


def loader(split: str, epochs: int = 1, **settings: Any) -> DataLoader[Any]:
    samples = mmgym.Gym(arguments.gym).samples(split=split, threads=1, **settings)
    dataset = mmgym.torch.Samples(samples, arguments.batch_size, epochs=epochs)
    return DataLoader(dataset, batch_size=None, num_workers=arguments.workers)


pl.seed_everything(arguments.seed)
trainer = pl.Trainer(
    max_steps=arguments.batches, val_check_interval=arguments.batches, use_distributed_sampler=False,
    logger=False, enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False,
    num_sanity_val_steps=0,
)  # fmt: skip
trainer.fit(Classifier(channels=8), Samples())
for name, value in trainer.callback_metrics.items():
    print(f"{name}: {value:.3f}")
