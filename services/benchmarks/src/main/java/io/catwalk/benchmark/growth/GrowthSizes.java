package io.catwalk.benchmark.growth;

/**
 * How much there is at the end; a tenth of it is measured first.
 *
 * @param runs closed ones, in the store
 * @param models in store and topics, each with a version under stable
 * @param versions of all models together, at least one of each
 * @param events on the topic of epochs, beside those of the versions
 */
public record GrowthSizes(int runs, int models, int versions, int events) {
    private static final int PARTS = 10;

    GrowthSizes tenth() {
        int some = Math.max(1, models / PARTS);
        return new GrowthSizes(runs / PARTS, some, Math.max(some, versions / PARTS), events / PARTS);
    }

    int versionsOfEach() {
        return Math.max(1, versions / models);
    }
}
