package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleChoiceTest {
    private static final Predictions PREDICTIONS = new Predictions(
            2, new float[] {.9f, .1f, .2f, .8f, .7f, .3f, .4f, .6f, .1f, .9f}, new int[] {0, 0, 1, 1, 1});

    @Test
    void takesTheFirstOfEachKindInOrder() {
        var choice = SampleChoice.first(2, PREDICTIONS);

        assertThat(choice.correct()).containsExactly(new Sample(0, 0, 0, .9f), new Sample(3, 1, 1, .6f));
        assertThat(choice.wrong()).containsExactly(new Sample(1, 0, 1, .8f), new Sample(2, 1, 0, .7f));
    }

    @Test
    void takesWhatThereIs() {
        var choice = SampleChoice.first(25, PREDICTIONS);

        assertThat(choice.correct()).hasSize(3);
        assertThat(choice.wrong()).hasSize(2);
    }
}
