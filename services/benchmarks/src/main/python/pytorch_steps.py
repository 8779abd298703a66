"""The tutorial's network in PyTorch, trained by the loop of its own tutorial."""

import rounds

images, labels, size, threads = rounds.batches()

import torch
from torch import nn

torch.set_num_threads(threads)

stages = []
channels = 1
for filters in (32, 64, 128):
    stages += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, ceil_mode=True)]
    channels = filters
model = nn.Sequential(*stages, nn.Flatten(), nn.Linear(4 * 4 * 128, 128), nn.ReLU(), nn.Linear(128, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss_of = nn.CrossEntropyLoss()
pictures = torch.from_numpy(images.copy()).unsqueeze(1)
classes = torch.from_numpy(labels.copy()).long()


def epoch():
    running = 0.0
    for start in range(0, len(classes), size):
        optimizer.zero_grad()
        loss = loss_of(model(pictures[start : start + size]), classes[start : start + size])
        loss.backward()
        optimizer.step()
        running += loss.item()
    return running


rounds.serve("PyTorch %s" % torch.__version__, epoch)
