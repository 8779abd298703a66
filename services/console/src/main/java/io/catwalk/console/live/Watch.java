package io.catwalk.console.live;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Ends streams whose listeners may not listen any more.
 *
 * @param every between two looks, each of which is a beat of the stream
 * @param longest that a stream lasts: who listens on asks anew, and shows what there is to show then
 */
record Watch(Duration every, Duration longest) {
    /**
     * The events and a beat after each look.
     *
     * @param mayListen looks once more at each subscription; what fails is no
     */
    <T> Multi<T> over(Multi<T> events, Supplier<T> beat, Uni<Boolean> mayListen) {
        Uni<Optional<T>> look = mayListen
                .onFailure()
                .recoverWithItem(false)
                .map(may -> may ? Optional.of(beat.get()) : Optional.empty());
        Multi<Optional<T>> looks =
                ticks(Duration.ofMillis(1), every).onItem().transformToUniAndConcatenate(unused -> look);
        Multi<Optional<T>> end = ticks(longest, longest).map(unused -> Optional.empty());
        return Multi.createBy()
                .merging()
                .streams(events.map(Optional::of), looks, end)
                .select()
                .first(Optional::isPresent)
                .map(Optional::orElseThrow);
    }

    private static Multi<Long> ticks(Duration first, Duration every) {
        return Multi.createFrom()
                .ticks()
                .startingAfter(first)
                .every(every)
                .onOverflow()
                .drop();
    }
}
