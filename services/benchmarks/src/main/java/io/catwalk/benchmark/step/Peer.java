package io.catwalk.benchmark.step;

/** Those that Catwalk's steps are compared with. */
public enum Peer {
    /** The tutorial's lines one by one, in TensorFlow-Java. */
    NAIVE,
    /** DJL with PyTorch, from Maven. */
    DJL,
    /** Keras on TensorFlow, from PyPI. */
    KERAS,
    /** PyTorch, from PyPI. */
    PYTORCH
}
