package io.catwalk.journal.model;

import java.util.List;
import java.util.Optional;

/**
 * What can be seen from outside: the same for the model and for the Java.
 *
 * @param events the broker's, in the order of their first publishing
 */
record Observation(Bucket bucket, List<Integer> events) {
    static Observation of(State state) {
        return new Observation(
                state.bucket(), state.broker().stream().map(Publication::number).toList());
    }

    /** What differs first, as both have it. */
    Optional<String> differsFrom(Observation model) {
        int entries = Math.max(bucket.journal().size(), model.bucket.journal().size());
        for (int number = 1; number <= entries; number++) {
            if (!bucket.entry(number).equals(model.bucket.entry(number))) {
                return Optional.of(both(bucket.entry(number), model.bucket.entry(number)));
            }
        }
        return equals(model) ? Optional.empty() : Optional.of(both(this, model));
    }

    private static String both(Object java, Object model) {
        return "the model has " + model + ",\nthe Java " + java;
    }

    @Override
    public String toString() {
        return "marker %s, index accepted %s, closed %s, events %s"
                .formatted(bucket.marker(), bucket.accepted(), bucket.closed(), events);
    }
}
