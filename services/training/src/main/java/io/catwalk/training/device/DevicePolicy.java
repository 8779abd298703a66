package io.catwalk.training.device;

/** What a trainer without a GPU does. */
public enum DevicePolicy {
    /** Trains on the CPU. */
    AUTO,
    /** Takes no run, and isn't ready. */
    GPU
}
