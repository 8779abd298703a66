"""Rounds of training steps on request: the other side of ChildTraining.java."""

import sys
import time

import numpy

SIDE = 28


def batches():
    """The images [count, 28, 28] and labels [count] of the file named first, the batch size, and the threads."""
    file, size, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    values = numpy.fromfile(file, dtype="<f4")
    count = values.size // (SIDE * SIDE + 1)
    images = values[: count * SIDE * SIDE].reshape(count, SIDE, SIDE)
    labels = values[count * SIDE * SIDE :].view("<i4")
    return images, labels, size, threads


def serve(name, round_of_steps):
    """Makes a round for each line of standard input, and tells how long it took."""
    print("ready " + name, flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        round_of_steps()
        print("seconds %r" % (time.perf_counter() - started), flush=True)
