package io.catwalk.serving.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TrafficSplitTest {
    private static final int CALLERS = 200_000;
    private static final int BINS = 100;
    /** Of the chi-squared distribution with 99 degrees of freedom; 99.9 % of samples are below it. */
    private static final double CHI_SQUARED = 148.23;

    private final TrafficSplit sticky = new TrafficSplit(Optional.of("X-Account"));

    @Property
    void aCallersPositionStaysAndIsAShare(@ForAll String caller, @ForAll @LongRange(min = 1) long version) {
        double position = position("fashion", version, caller);

        assertThat(position)
                .isEqualTo(position("fashion", version, caller))
                .isGreaterThanOrEqualTo(0)
                .isLessThan(1);
    }

    @Test
    void similarCallersAreSpreadEvenly() {
        assertThat(chiSquared(caller -> position("fashion", 1, "account-" + caller)))
                .isLessThan(CHI_SQUARED);
        assertThat(chiSquared(caller -> position("fashion", 1, Long.toString(caller))))
                .isLessThan(CHI_SQUARED);
        assertThat(chiSquared(caller -> position("fashion", 1, "10.0.%d.%d".formatted(caller / 256, caller % 256))))
                .isLessThan(CHI_SQUARED);
        assertThat(chiSquared(version -> position("fashion", version + 1, "one")))
                .as("one caller's positions over versions")
                .isLessThan(CHI_SQUARED);
    }

    @Test
    void theNextVersionIsTriedOnOtherCallers() {
        double both = share(caller ->
                position("fashion", 2, "account-" + caller) < 0.1 && position("fashion", 3, "account-" + caller) < 0.1);
        double bothModels = share(caller ->
                position("fashion", 2, "account-" + caller) < 0.1 && position("digits", 2, "account-" + caller) < 0.1);

        assertThat(both).isCloseTo(0.01, within(0.0015));
        assertThat(bothModels).isCloseTo(0.01, within(0.0015));
    }

    @Test
    void withoutTheHeadersValueEachRequestIsDrawn() {
        assertThat(DoubleStream.generate(() -> sticky.position("fashion", 1, name -> Optional.empty()))
                        .limit(100)
                        .distinct()
                        .count())
                .isGreaterThan(90);
        TrafficSplit random = new TrafficSplit(Optional.empty());
        assertThat(chiSquared(caller -> random.position("fashion", 1, name -> Optional.of("same"))))
                .isLessThan(2 * CHI_SQUARED);
    }

    /** Headers are asked for by their names in lower case. */
    private double position(String model, long version, String caller) {
        return sticky.position(model, version, name -> Optional.of(caller).filter(value -> name.equals("x-account")));
    }

    private static double chiSquared(LongFunction<Double> positions) {
        long[] bins = new long[BINS];
        for (long caller = 0; caller < CALLERS; caller++) {
            bins[(int) (positions.apply(caller) * BINS)]++;
        }
        double expected = CALLERS / (double) BINS;
        return LongStream.of(bins)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    private static double share(LongPredicate wanted) {
        return LongStream.range(0, CALLERS).filter(wanted).count() / (double) CALLERS;
    }
}
