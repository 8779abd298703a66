package io.catwalk.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.catwalk.drift.DriftFigures.Figure;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {
    private static final int WINDOW = 500;

    private final Random random = new Random(11);
    private final ReferenceProfile profile = Populations.profile(20_000, random);
    private final DriftDetector detector = new DriftDetector(profile, new DriftSettings(WINDOW, 0.2, 1e-6));

    @Test
    void imagesOfTheSameKindAreNoDrift() {
        assertThat(feed(20 * WINDOW, 0)).isEmpty();
        assertThat(detector.figures().orElseThrow().mean()).isCloseTo(profile.mean(), within(0.03));
        assertThat(detector.figures().orElseThrow().deviation()).isCloseTo(profile.deviation(), within(0.03));
    }

    @Test
    void driftStartsOnceAndEndsOnce() {
        feed(WINDOW, 0);
        List<DriftChange> lighter = feed(2 * WINDOW, 0.2);
        assertThat(lighter).hasSize(1);
        assertThat(lighter.getFirst().started()).isTrue();
        assertThat(figure(lighter.getFirst(), Statistic.PIXEL_MEAN).index()).isGreaterThanOrEqualTo(0.2);

        List<DriftChange> back = feed(2 * WINDOW, 0);
        assertThat(back).hasSize(1);
        assertThat(back.getFirst().started()).isFalse();
        assertThat(back.getFirst().figures().figures()).allMatch(figure -> figure.index() < 0.1);
    }

    /** Three tenths of lighter ones are between half of the threshold and the threshold. */
    @Test
    void whatIsBetweenTheThresholdsChangesNothing() {
        assertThat(feed(2 * WINDOW, 0.2)).hasSize(1);
        List<DriftChange> changes = new ArrayList<>();
        for (int turn = 0; turn < 40; turn++) {
            changes.addAll(feed(15, 0.2));
            changes.addAll(feed(35, 0));
        }
        assertThat(detector.figures().orElseThrow().figures())
                .anyMatch(figure -> figure.index() > 0.1 && figure.index() < 0.2);
        assertThat(changes).isEmpty();
    }

    @Test
    void predictionsOfOneLabelAreDrift() {
        List<DriftChange> changes = new ArrayList<>();
        for (int image = 0; image < WINDOW; image++) {
            detector.add(Populations.statistics(random.nextInt(Populations.CLASSES), 0, random), 3)
                    .ifPresent(changes::add);
        }
        assertThat(changes).hasSize(1);
        assertThat(figure(changes.getFirst(), Statistic.PREDICTED_LABEL).index())
                .isGreaterThan(1);
        assertThat(figure(changes.getFirst(), Statistic.PIXEL_MEAN).index()).isLessThan(0.1);
    }

    @Test
    void nothingIsSaidBeforeTheWindowIsFull() {
        assertThat(feed(WINDOW - 1, 1)).isEmpty();
        assertThat(detector.figures()).isEmpty();
        assertThat(feed(1, 1)).hasSize(1);
    }

    @Test
    void valuesThatAreNoNumbersAreDrift() {
        List<DriftChange> changes = new ArrayList<>();
        for (int image = 0; image < WINDOW; image++) {
            detector.add(ImageStatistics.of(new float[] {Float.NaN, Float.POSITIVE_INFINITY}, 0, 2), image % 4)
                    .ifPresent(changes::add);
        }
        assertThat(changes).hasSize(1);
    }

    @Test
    void aWindowHasALeastSize() {
        assertThatThrownBy(() -> new DriftSettings(99, 0.2, 1e-6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window: 99, must be 100 to 1000000");
    }

    private List<DriftChange> feed(int images, double lighter) {
        List<DriftChange> changes = new ArrayList<>();
        for (int image = 0; image < images; image++) {
            int label = random.nextInt(Populations.CLASSES);
            detector.add(Populations.statistics(label, lighter, random), label).ifPresent(changes::add);
        }
        return changes;
    }

    private static Figure figure(DriftChange change, Statistic statistic) {
        return change.figures().figures().stream()
                .filter(figure -> figure.statistic() == statistic)
                .findFirst()
                .orElseThrow();
    }
}
