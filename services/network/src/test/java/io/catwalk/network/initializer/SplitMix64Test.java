package io.catwalk.network.initializer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    /** The first outputs for seed 1234567 that accompany Vigna's public-domain splitmix64.c on Rosetta Code. */
    @Test
    void matchesTheReferenceSequence() {
        assertThat(new long[] {
                    SplitMix64.bits(1234567, 0),
                    SplitMix64.bits(1234567, 1),
                    SplitMix64.bits(1234567, 2),
                    SplitMix64.bits(1234567, 3),
                    SplitMix64.bits(1234567, 4)
                })
                .containsExactly(
                        6457827717110365317L,
                        3203168211198807973L,
                        Long.parseUnsignedLong("9817491932198370423"),
                        4593380528125082431L,
                        Long.parseUnsignedLong("16408922859458223821"));
    }

    @Property
    void unitsAreInZeroToOne(@ForAll long key, @ForAll @LongRange(min = 0) long index) {
        assertThat(SplitMix64.unit(key, index)).isGreaterThanOrEqualTo(0).isLessThan(1);
    }

    @Property
    void keysDifferBySeedAndByName(@ForAll long seed) {
        assertThat(SplitMix64.key(seed, "a"))
                .isEqualTo(SplitMix64.key(seed, "a"))
                .isNotEqualTo(SplitMix64.key(seed, "b"))
                .isNotEqualTo(SplitMix64.key(seed + 1, "a"));
    }
}
