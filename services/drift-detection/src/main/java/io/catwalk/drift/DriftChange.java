package io.catwalk.drift;

/**
 * Drift has begun, or ended.
 *
 * @param started false when it ended
 */
public record DriftChange(boolean started, DriftFigures figures) {}
