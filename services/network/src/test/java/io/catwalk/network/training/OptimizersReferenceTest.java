package io.catwalk.network.training;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.WeightSpec;
import io.catwalk.network.optimizer.Adam;
import io.catwalk.network.optimizer.AdamW;
import io.catwalk.network.optimizer.Optimizer;
import io.catwalk.network.optimizer.RmsProp;
import io.catwalk.network.optimizer.Sgd;
import io.catwalk.network.schedule.Constant;
import io.catwalk.network.schedule.Exponential;
import io.catwalk.network.schedule.Schedule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some steps of each optimizer against its formula in double arithmetic, beside each thing that changes gradients. */
class OptimizersReferenceTest {
    private static final Network NETWORK = new Network(
            "n", new ImageShape(3, 2, 1), 3, List.of(new Flatten(), new Dense(4, TANH), new Dense(3, LINEAR)));
    private static final int BATCH = 6;
    private static final int STEPS = 5;
    private static final double RATE = 0.05;
    private static final Schedule CONSTANT = new Constant(RATE);
    private static final Regularisation PLAIN = Regularisation.none();

    static Stream<Arguments> runs() {
        var decay = new Regularisation(0, 0.1f, List.of());
        return Stream.of(
                run("descent", new Sgd(0, false), OptimizersReferenceTest::descent, CONSTANT, PLAIN),
                run(
                        "falling rate",
                        new Sgd(0, false),
                        OptimizersReferenceTest::descent,
                        new Exponential(0.3, 0.5, 1),
                        PLAIN),
                run("momentum", new Sgd(0.8f, false), OptimizersReferenceTest::momentum, CONSTANT, decay),
                run("Nesterov", new Sgd(0.8f, true), OptimizersReferenceTest::nesterov, CONSTANT, PLAIN),
                run("RMSProp", new RmsProp(0.9f, 0.5f, 1e-3f), OptimizersReferenceTest::rmsProp, CONSTANT, decay),
                run("Adam", new Adam(0.8f, 0.95f, 1e-6f), OptimizersReferenceTest::adam, CONSTANT, decay),
                run("AdamW", new AdamW(0.8f, 0.95f, 1e-6f), OptimizersReferenceTest::adam, CONSTANT, decay),
                run(
                        "smoothed labels",
                        new Sgd(0, false),
                        OptimizersReferenceTest::descent,
                        CONSTANT,
                        new Regularisation(0.3f, 0, List.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void stepsAgreeWithTheFormula(
            String name, Optimizer optimizer, Rule rule, Schedule schedule, Regularisation regularisation) {
        compare(new Descent(optimizer, schedule), rule, regularisation);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 100})
    void gradientsAreCutToALengthBeforeDecay(double norm) {
        var descent = new Descent(new Sgd(0, false), CONSTANT, OptionalDouble.of(norm), OptionalDouble.empty());
        compare(descent, OptimizersReferenceTest::descent, new Regularisation(0, 0.1f, List.of()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.999})
    void averagesFollowTheWeightsAndAreScoredAndExported(double averaging) {
        var descent = new Descent(new Sgd(0, false), CONSTANT, OptionalDouble.empty(), OptionalDouble.of(averaging));
        compare(descent, OptimizersReferenceTest::descent, PLAIN);
    }

    private static void compare(Descent descent, Rule rule, Regularisation regularisation) {
        var rules = new FirstWeights(Initializer.GLOROT_UNIFORM, Initializer.GLOROT_UNIFORM);
        var hyperparameters = new Hyperparameters(descent, rules, regularisation, Precision.FLOAT32);
        try (TrainingSession session = TrainingSession.open(NETWORK, hyperparameters, 7)) {
            Float64Network reference = new Float64Network(NETWORK, session.capture());
            Float64Network average = new Float64Network(NETWORK, session.capture());
            Map<String, double[]> state = new HashMap<>();
            boolean decoupled = descent.optimizer() instanceof AdamW;
            for (int step = 0; step < STEPS; step++) {
                float[] images = Samples.images(NETWORK, BATCH, step);
                int[] labels = Samples.labels(NETWORK, BATCH, step);
                double rate = descent.schedule().rate(step);
                double loss = reference.trainingLoss(images, labels, regularisation.labelSmoothing());
                Map<String, double[]> gradients = reference.gradients(images, labels, regularisation.labelSmoothing());
                descent.maxGradientNorm().ifPresent(norm -> clip(gradients, norm));
                decay(reference, gradients, regularisation.weightDecay(), decoupled ? rate : Double.NaN);
                new Formula(reference.weights(), gradients, state, rate, step + 1).by(rule);
                double kept = Math.min(descent.averaging().orElse(0), (1.0 + step) / (10.0 + step));
                average.weights()
                        .forEach((weight, values) ->
                                mix(values, reference.weights().get(weight), kept));

                assertThat((double) session.step(images, labels, step).loss()).isCloseTo(loss, within(1e-5));
                assertClose(session.capture(), reference, "");
                if (descent.averaging().isPresent()) {
                    assertClose(session.capture(), average, Checkpoint.AVERAGE);
                }
                assertThat(session.score(images, labels).loss())
                        .isCloseTo(average.scoringLoss(images, labels), within(1e-4));
                assertThat(session.weights().toBytes())
                        .isEqualTo(session.capture().weights(NETWORK).toBytes());
            }
        }
    }

    /** One number's way through a step: gradient, two numbers of state, learning rate, the step's number from 1. */
    private interface Rule {
        /** @return what is taken from the weight */
        double claimed(double gradient, double[] state, double rate, int step);
    }

    private static double descent(double gradient, double[] state, double rate, int step) {
        return rate * gradient;
    }

    /** PyTorch's documentation of SGD: mu = 0.8, tau = 0. */
    private static double momentum(double gradient, double[] state, double rate, int step) {
        state[0] = 0.8f * state[0] + gradient;
        return rate * state[0];
    }

    /** PyTorch's documentation of SGD with nesterov. */
    private static double nesterov(double gradient, double[] state, double rate, int step) {
        state[0] = 0.8f * state[0] + gradient;
        return rate * (gradient + 0.8f * state[0]);
    }

    /** Keras' RMSprop with momentum, as its documentation and source state it. */
    private static double rmsProp(double gradient, double[] state, double rate, int step) {
        state[0] = 0.9f * state[0] + (1 - 0.9f) * gradient * gradient;
        state[1] = 0.5 * state[1] + rate * gradient / Math.sqrt(state[0] + 1e-3f);
        return state[1];
    }

    /** Kingma and Ba 2015, the efficient form at the end of section 2. */
    private static double adam(double gradient, double[] state, double rate, int step) {
        state[0] = 0.8f * state[0] + (1 - 0.8f) * gradient;
        state[1] = 0.95f * state[1] + (1 - 0.95f) * gradient * gradient;
        double corrected = rate * Math.sqrt(1 - Math.pow(0.95f, step)) / (1 - Math.pow(0.8f, step));
        return corrected * state[0] / (Math.sqrt(state[1]) + 1e-6f);
    }

    private record Formula(
            Map<String, double[]> weights,
            Map<String, double[]> gradients,
            Map<String, double[]> state,
            double rate,
            int step) {
        void by(Rule rule) {
            gradients.forEach((name, gradient) -> {
                for (int i = 0; i < gradient.length; i++) {
                    double[] own = state.computeIfAbsent(name + i, fresh -> new double[2]);
                    weights.get(name)[i] -= rule.claimed(gradient[i], own, rate, step);
                }
            });
        }
    }

    private static void clip(Map<String, double[]> gradients, double norm) {
        double square = 0;
        for (double[] gradient : gradients.values()) {
            for (double value : gradient) {
                square += value * value;
            }
        }
        double factor = norm / Math.max(norm, Math.sqrt(square));
        gradients.values().forEach(gradient -> {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= factor;
            }
        });
    }

    /** L2 into the kernels' gradients, or with a decoupled rate (Loshchilov and Hutter 2019) from the kernels. */
    private static void decay(
            Float64Network network, Map<String, double[]> gradients, double decay, double decoupledRate) {
        gradients.forEach((name, gradient) -> {
            double[] weights = network.weights().get(name);
            for (int i = 0; i < gradient.length && name.endsWith("kernel"); i++) {
                if (Double.isNaN(decoupledRate)) {
                    gradient[i] += decay * weights[i];
                } else {
                    weights[i] -= decoupledRate * decay * weights[i];
                }
            }
        });
    }

    private static void mix(double[] values, double[] others, double kept) {
        for (int i = 0; i < values.length; i++) {
            values[i] = kept * values[i] + (1 - kept) * others[i];
        }
    }

    private static void assertClose(Checkpoint captured, Float64Network expected, String suffix) {
        for (WeightSpec weight : NETWORK.weights()) {
            float[] values = captured.required(weight.name() + suffix, weight.dimensions())
                    .toArray();
            double[] reference = expected.weights().get(weight.name());
            for (int i = 0; i < values.length; i++) {
                assertThat((double) values[i]).as("%s[%d]", weight.name(), i).isCloseTo(reference[i], within(2e-5));
            }
        }
    }

    private static Arguments run(
            String name, Optimizer optimizer, Rule rule, Schedule schedule, Regularisation regularisation) {
        return Arguments.of(name, optimizer, rule, schedule, regularisation);
    }
}
