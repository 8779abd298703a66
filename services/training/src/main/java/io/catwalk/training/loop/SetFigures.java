package io.catwalk.training.loop;

/**
 * Loss and accuracy over one set of images.
 *
 * @param loss mean cross entropy in nats
 * @param accuracy share of images that were right, 0 to 1
 */
public record SetFigures(double loss, double accuracy) {}
