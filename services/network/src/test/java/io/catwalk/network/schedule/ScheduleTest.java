package io.catwalk.network.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void aConstantStays() {
        assertRates(new Constant(0.3), 0.3, 0.3, 0.3);
    }

    /** The example in PyTorch's documentation of StepLR: 0.05, then a tenth every 30. */
    @Test
    void aStepDecayFallsAtOnce() {
        Schedule schedule = new StepDecay(0.05, 0.1, 30);
        assertRate(schedule, 0, 0.05);
        assertRate(schedule, 29, 0.05);
        assertRate(schedule, 30, 0.005);
        assertRate(schedule, 59, 0.005);
        assertRate(schedule, 60, 0.0005);
    }

    /** Keras' documentation of ExponentialDecay: initial * rate ^ (step / decay_steps). */
    @Test
    void anExponentialFallsWithEachStep() {
        Schedule schedule = new Exponential(0.2, 0.25, 4);
        assertRates(schedule, 0.2, 0.2 / Math.sqrt(2), 0.1, 0.1 / Math.sqrt(2), 0.05);
        assertRate(schedule, 8, 0.0125);
    }

    /** Loshchilov and Hutter's equation 5 where the cosine is known: 1, 1/2, 0, -1/2, -1. */
    @Test
    void aCosineFallsAndStays() {
        Schedule schedule = new Cosine(1, 0.2, 6);
        assertRate(schedule, 0, 1);
        assertRate(schedule, 2, 0.2 + 0.4 * 1.5);
        assertRate(schedule, 3, 0.6);
        assertRate(schedule, 4, 0.2 + 0.4 * 0.5);
        assertRate(schedule, 6, 0.2);
        assertRate(schedule, 1000, 0.2);
    }

    /** PyTorch's OneCycleLR(max_lr=1, total_steps=20): the rise ends at 0.3 * 20 - 1 = 5, the fall at 19. */
    @Test
    void oneCycleRisesAndFalls() {
        Schedule schedule = new OneCycle(1, 20);
        assertRate(schedule, 0, 0.04);
        assertRate(schedule, 5, 1);
        assertRate(schedule, 12, (1 + 4e-6) / 2);
        assertRate(schedule, 19, 4e-6);
        assertRate(schedule, 50, 4e-6);
        assertRate(schedule, 1, 1 + (0.04 - 1) / 2 * (Math.cos(Math.PI / 5) + 1));
        assertRate(new OneCycle(1, 1), 0, 4e-6);
    }

    @Test
    void aWarmUpRisesInEqualPartsAndThenFollows() {
        Schedule schedule = new WarmUp(3, new StepDecay(0.8, 0.5, 2));
        assertRates(schedule, 0.2, 0.4, 0.6, 0.8, 0.8, 0.4, 0.4, 0.2);
    }

    @Property
    void ratesStayWithinTheirBounds(@ForAll @LongRange(min = 0) long step, @ForAll @LongRange(min = 1) long steps) {
        assertThat(new OneCycle(0.1, steps).rate(step)).isBetween(0.1 / 250_000 * 0.999, 0.1);
        assertThat(new Cosine(0.1, 0.001, steps).rate(step)).isBetween(0.001, 0.1);
        assertThat(new Exponential(0.1, 0.5, steps).rate(step)).isBetween(0.0, 0.1);
        assertThat(new StepDecay(0.1, 0.5, steps).rate(step)).isBetween(0.0, 0.1);
        assertThat(new WarmUp(steps, new Constant(0.1)).rate(step)).isBetween(0.0, 0.1);
    }

    @Test
    void refuseValuesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Constant(0))
                .withMessage("learningRate must be above 0 and finite, not 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Constant(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Constant(1e39));
        assertThatIllegalArgumentException().isThrownBy(() -> new Constant(1e-60));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StepDecay(1, 1.5, 1))
                .withMessage("factor must be above 0 and at most 1, not 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Exponential(1, 0.5, 0))
                .withMessage("every must be at least 1, not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Cosine(1, -0.1, 10));
        assertRate(new Cosine(1, 0, 10), 10, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> new OneCycle(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new WarmUp(0, new Constant(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new WarmUp(1, new WarmUp(1, new Constant(1))));
    }

    private static void assertRates(Schedule schedule, double... expected) {
        for (int step = 0; step < expected.length; step++) {
            assertRate(schedule, step, expected[step]);
        }
    }

    private static void assertRate(Schedule schedule, long step, double expected) {
        assertThat(schedule.rate(step)).as("step %d", step).isCloseTo(expected, within(1e-12));
    }
}
