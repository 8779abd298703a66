package io.catwalk.evaluation.scoring;

/**
 * One image's classification.
 *
 * @param index the image's place in its split, from 0
 * @param probability of the predicted class, 0 to 1
 */
public record Sample(int index, int label, int predicted, float probability) {}
