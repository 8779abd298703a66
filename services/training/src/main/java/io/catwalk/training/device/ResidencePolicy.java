package io.catwalk.training.device;

/** Whether a run's training split is kept in the device's memory as a whole. */
public enum ResidencePolicy {
    /** On a GPU. */
    AUTO,
    ALWAYS,
    NEVER
}
