package io.catwalk.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class DataOrderTest {
    private static final int[] AS_THEY_LIE = IntStream.range(0, 1000).toArray();

    @Test
    void theFixedOrderIsThatOfTheSplit() {
        assertThat(new DataOrder.Fixed().of(1, 1000)).isEqualTo(AS_THEY_LIE);
        assertThat(new DataOrder.Fixed().of(2, 1000)).isEqualTo(AS_THEY_LIE);
    }

    @Test
    void aShuffledEpochTakesEachImageOnce() {
        assertThat(new DataOrder.Shuffled(7).of(1, 1000))
                .isNotEqualTo(AS_THEY_LIE)
                .containsExactlyInAnyOrder(AS_THEY_LIE);
    }

    @Test
    void aShuffledEpochIsTheSameEachTimeAndUnlikeOtherEpochsAndSeeds() {
        int[] order = new DataOrder.Shuffled(7).of(1, 1000);

        assertThat(new DataOrder.Shuffled(7).of(1, 1000)).isEqualTo(order);
        assertThat(new DataOrder.Shuffled(7).of(2, 1000)).isNotEqualTo(order);
        assertThat(new DataOrder.Shuffled(8).of(1, 1000)).isNotEqualTo(order);
    }

    /** Each image is as often first as any other: 10 of them, 10,000 epochs, five standard deviations of 30. */
    @Test
    void aShuffleFavoursNoImage() {
        int[] first = new int[10];
        IntStream.rangeClosed(1, 10_000).forEach(epoch -> first[new DataOrder.Shuffled(1).of(epoch, 10)[0]]++);

        assertThat(IntStream.of(first)).allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    }
}
