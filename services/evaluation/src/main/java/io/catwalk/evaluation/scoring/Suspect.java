package io.catwalk.evaluation.scoring;

/**
 * An image whose label looks wrong.
 *
 * @param index its place in its split, from 0
 * @param suggested the class that it looks like
 * @param labelProbability that of its label, 0 to 1
 * @param suggestedProbability that of the suggested class, 0 to 1
 */
public record Suspect(int index, int label, int suggested, float labelProbability, float suggestedProbability) {
    double lead() {
        return (double) suggestedProbability - labelProbability;
    }
}
