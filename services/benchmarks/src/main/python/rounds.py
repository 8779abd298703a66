"""Rounds of training steps on request: the other side of ChildTraining.java."""

import argparse
import sys
import time

import numpy

SIDE = 28


class Task:
    """What the command line asks for. Its file has images [count, 28, 28] and labels [count]."""

    def __init__(self):
        parser = argparse.ArgumentParser()
        parser.add_argument("--precision", choices=["float32", "bfloat16"], required=True)
        parser.add_argument("--variant", required=True)
        parser.add_argument("file")
        parser.add_argument("size", type=int)
        parser.add_argument("threads", type=int)
        asked = parser.parse_args()
        values = numpy.fromfile(asked.file, dtype="<f4")
        count = values.size // (SIDE * SIDE + 1)
        self.images = values[: count * SIDE * SIDE].reshape(count, SIDE, SIDE)
        self.labels = values[count * SIDE * SIDE :].view("<i4")
        self.size = asked.size
        self.threads = asked.threads
        self.steps = count // self.size
        self.variant = asked.variant
        self.bfloat16 = asked.precision == "bfloat16"

    def described(self, library):
        return ", ".join([library, self.variant] + ["bfloat16"] * self.bfloat16)


def ready(name):
    print("ready " + name, flush=True)


def await_request():
    """Ends the process when there will be no more requests."""
    if not sys.stdin.readline():
        sys.exit()


def answer(seconds):
    print("seconds %r" % seconds, flush=True)


def serve(name, round_of_steps):
    """Makes a round for each request."""
    ready(name)
    while True:
        await_request()
        started = time.perf_counter()
        round_of_steps()
        answer(time.perf_counter() - started)
