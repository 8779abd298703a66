package io.catwalk.benchmark.step;

/** The peers of Catwalk's training steps. */
public enum Peer {
    /** The tutorial line by line, in TensorFlow-Java. */
    NAIVE,
    /** DJL with PyTorch, from Maven. */
    DJL,
    /** Keras on TensorFlow, from PyPI. */
    KERAS,
    /** PyTorch, from PyPI. */
    PYTORCH
}
