"""The tutorial's network in PyTorch: the loop of its own tutorial, with the fused Adam and activations in place.

Variants: "eager", with channels before rows and columns, and "channels last". torch.compile isn't one: on a CPU it halves the speed.
"""

import rounds

task = rounds.Task()

import torch
from torch import nn

torch.set_num_threads(task.threads)

stages = []
channels = 1
for filters in (32, 64, 128):
    stages += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2, ceil_mode=True)]
    channels = filters
model = nn.Sequential(
    *stages, nn.Flatten(), nn.Linear(4 * 4 * 128, 128), nn.ReLU(inplace=True), nn.Linear(128, 10)
)
layout = torch.contiguous_format if task.variant == "eager" else torch.channels_last
model = model.to(memory_format=layout)
pictures = torch.from_numpy(task.images.copy()).unsqueeze(1).to(memory_format=layout).split(task.size)
classes = torch.from_numpy(task.labels.copy()).long().split(task.size)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
loss_of = nn.CrossEntropyLoss()


def loss_at(images, labels):
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=task.bfloat16):
        return loss_of(model(images), labels)


def steps():
    for batch in zip(pictures, classes):
        optimizer.zero_grad()
        loss = loss_at(*batch)
        loss.backward()
        optimizer.step()
    return loss.item()


rounds.serve(task.described("PyTorch %s" % torch.__version__), steps)
