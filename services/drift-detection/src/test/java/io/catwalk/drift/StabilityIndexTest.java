package io.catwalk.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class StabilityIndexTest {
    private static final DriftSettings SETTINGS = new DriftSettings(500, 0.2, 1e-6);

    /** Checked by hand: shares of 50, 50 against 25, 75 percent give 0.25 ln 2 - 0.25 ln (2/3), apart from the continuity. */
    @Test
    void isTheSumOverTheShares() {
        StabilityIndex index = new StabilityIndex(List.of(500_000, 500_000), new DriftSettings(100_000, 0.2, 1e-6));

        assertThat(index.of(new int[] {25_000, 75_000})).isCloseTo(0.274653, within(1e-4));
        assertThat(index.of(new int[] {50_000, 50_000})).isCloseTo(0, within(1e-9));
    }

    @Test
    void rareBinsAreOne() {
        StabilityIndex index = new StabilityIndex(List.of(50_000, 49_900, 60, 40), SETTINGS);

        assertThat(index.of(new int[] {250, 248, 2, 0})).isEqualTo(index.of(new int[] {250, 248, 0, 2}));
        assertThat(index.of(new int[] {200, 200, 0, 100})).isGreaterThan(SETTINGS.index());
    }

    @Test
    void aSmallWindowHasAHigherThreshold() {
        List<Integer> tenths = Collections.nCopies(10, 5_500);

        assertThat(new StabilityIndex(tenths, SETTINGS).threshold()).isEqualTo(0.2);
        assertThat(new StabilityIndex(tenths, new DriftSettings(100, 0.2, 1e-6)).threshold())
                .as("chi-squared of 9 degrees of freedom is above 44.81 once in a million times")
                .isCloseTo(44.81 * (1 / 100.0 + 1 / 55_000.0), within(1e-3));
    }

    /** The distribution that the threshold rests on, on 4,000 windows without drift. */
    @Test
    void isScaledChiSquaredWithoutDrift() {
        Random random = new Random(7);
        StabilityIndex index = new StabilityIndex(Collections.nCopies(10, 5_500), new DriftSettings(500, 1e-9, 0.05));
        int trials = 4_000;
        long above = IntStream.range(0, trials)
                .filter(trial -> {
                    int[] counts = new int[10];
                    random.ints(500, 0, 10).forEach(bin -> counts[bin]++);
                    return index.of(counts) >= index.threshold();
                })
                .count();

        // The reference is exact here, which the threshold doesn't know: a little fewer than one in twenty.
        assertThat((double) above / trials).isBetween(0.035, 0.065);
    }

    @Test
    void oneBinNeverDiffers() {
        assertThat(new StabilityIndex(List.of(1_000), SETTINGS).of(new int[] {500}))
                .isZero();
    }
}
