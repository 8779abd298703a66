package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.catwalk.training.v1.Gate;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests may ask for, as bare JSON. */
class RequestRulesTest {
    private static final String NAME = "must match [a-z0-9][a-z0-9._-]{0,62}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"epochs\":-1 | epochs is -1, must be 1 to 10000",
                "\"epochs\":0 | epochs is 0, must be 1 to 10000",
                "\"epochs\":10001 | epochs is 10001, must be 1 to 10000",
                "\"epochs\":2147483648 | epochs is 2147483648, must be 1 to 10000",
                "\"epochs\":1.5 | epochs is 1.5, must be 1 to 10000",
                "\"epochs\":\"five\" | epochs is \"five\", must be 1 to 10000",
                "\"epochs\":\"1e999999999\" | epochs is \"1e999999999\", must be 1 to 10000",
                "\"epochs\":[5] | epochs is [5], must be 1 to 10000",
                "\"epochs\":{} | epochs is {}, must be 1 to 10000",
                "\"epochs\":true | epochs is true, must be 1 to 10000",
                "\"batchSize\":0 | batchSize is 0, must be 1 to 8192",
                "\"batch_size\":8193 | batchSize is 8193, must be 1 to 8192",
                "\"learningRate\":0 | learningRate is 0.0, must be above 0 and at most 10",
                "\"learningRate\":-0.001 | learningRate is -0.001, must be above 0 and at most 10",
                "\"learningRate\":10.001 | learningRate is 10.001, must be above 0 and at most 10",
                "\"learningRate\":\"NaN\" | learningRate is NaN, must be above 0 and at most 10",
                "\"learningRate\":\"Infinity\" | learningRate is Infinity, must be above 0 and at most 10",
                "\"learningRate\":\"1e999\" | learningRate is \"1e999\", must be above 0 and at most 10",
                "\"seed\":9223372036854775808 | seed is 9223372036854775808, must be a whole number of 64 bits",
                "\"testEachEpoch\":1 | testEachEpoch is 1, must be true or false",
                "\"publish\":\"yes\" | publish is \"yes\", must be true or false",
                "\"checkpointInterval\":\"0s\" | checkpointInterval is 0s, must be 1s to 3600s",
                "\"checkpointInterval\":\"3600.000000001s\" | checkpointInterval is 3600.000000001s, must be 1s to 3600s",
                "\"checkpointInterval\":\"soon\" | checkpointInterval is \"soon\", must be 1s to 3600s",
                "\"checkpointInterval\":30 | checkpointInterval is 30, must be 1s to 3600s",
                "\"deadline\":\"-1s\" | deadline is -1s, must be 1s to 2592000s",
                "\"deadline\":\"2592001s\" | deadline is 2592001s, must be 1s to 2592000s",
                "\"gate\":{\"maxRegression\":1.1} | gate.maxRegression is 1.1, must be 0 to 1",
                "\"gate\":{\"minTestAccuracy\":-0.1} | gate.minTestAccuracy is -0.1, must be 0 to 1",
                "\"gate\":{\"minTestAccuracy\":\"high\"} | gate.minTestAccuracy is \"high\", must be 0 to 1",
                "\"gate\":{\"minTestAccuracy\":\"NaN\"} | gate.minTestAccuracy is NaN, must be 0 to 1",
                "\"gate\":[] | gate is [], must be an object",
                "\"network\":{} | network is {}, " + NAME,
                "\"network\":\"Tutorial CNN\" | network is \"Tutorial CNN\", " + NAME,
                "\"runId\":\"../r1\" | runId is \"../r1\", " + NAME,
                "\"runId\":\"%2e%2e\" | runId is \"%2e%2e\", " + NAME,
                "\"runId\":\"a\\u0000b\" | runId is \"a\\u0000b\", " + NAME,
                "\"runId\":\"a\\nb\" | runId is \"a\\nb\", " + NAME,
                "\"runId\":\"a\\n\" | runId is \"a\\n\", " + NAME,
                "\"runId\":\".a\" | runId is \".a\", " + NAME,
                "\"runId\":\"R1\" | runId is \"R1\", " + NAME,
                "\"runId\":7 | runId is 7, " + NAME,
                "\"runId\":[\"r1\"] | runId is [\"r1\"], " + NAME,
                "\"continueFrom\":\"../r1\" | continueFrom is \"../r1\", " + NAME,
                "\"resumeFrom\":\"R1\" | resumeFrom is \"R1\", " + NAME,
                "\"stopAfterEpoch\":0 | stopAfterEpoch is 0, must be 1 to 10000",
                "\"labelSmoothing\":1 | labelSmoothing is 1.0, must be at least 0 and below 1",
                "\"weightDecay\":-0.1 | weightDecay is -0.1, must be 0 to 1",
                "\"maxGradientNorm\":0 | maxGradientNorm is 0.0, must be above 0 and at most 1000000",
                "\"averaging\":1 | averaging is 1.0, must be above 0 and below 1",
                "\"averaging\":0.99999999 | averaging is 0.99999999, must be above 0 and below 1",
                "\"averaging\":1e-46 | averaging is 1.0E-46, must be above 0 and below 1",
                "\"precision\":\"half\" | precision is \"half\", must be one of float32, bfloat16",
                "\"optimizer\":{} | optimizer is missing, must hold one of sgd, adam, adamW, rmsProp",
                "\"optimizer\":{\"lion\":{}} | optimizer.lion is not a field of a training request; there are sgd, adam, adamW, rmsProp",
                "\"optimizer\":\"sgd\" | optimizer is \"sgd\", must be an object",
                "\"optimizer\":{\"adam\":{\"beta1\":1}} | optimizer.adam.beta1 is 1.0, must be at least 0 and below 1",
                "\"optimizer\":{\"sgd\":{\"momentum\":\"x\"}} | optimizer.sgd.momentum is \"x\", must be at least 0 and below 1",
                "\"schedule\":{\"stepDecay\":{\"factor\":2}} | schedule.stepDecay.factor is 2.0, must be above 0 and at most 1",
                "\"schedule\":{\"warmUpEpochs\":1} | schedule is missing, must hold one of constant, stepDecay, exponentialDecay, cosineDecay, oneCycle",
                "\"initializers\":{\"kernels\":\"he\"} | initializers.kernels is \"he\", must be one of glorot-uniform, glorot-normal, he-uniform, he-normal, zeros",
                "\"augmentation\":{\"randomCrop\":{\"padding\":0}} | augmentation.randomCrop.padding is 0, must be 1 to 1024",
                "\"augmentation\":{\"randomErasing\":{\"largest\":1}} | augmentation.randomErasing.largest is 1.0, must be above 0 and below 1",
                "\"earlyStopping\":{} | earlyStopping.patience is 0, must be 1 to 10000",
                "\"layers\":{} | layers is {}, must be a list of 1 to 256 layers, at most 1000 with those of residual blocks",
                "\"layers\":[{}] | layers[0] is missing, must hold one of conv2d, depthwiseConv2d, maxPool, averagePool, globalAveragePool, batchNorm, dropout, dense, residualBlock, flatten, activation",
                "\"layers\":[{\"flatten\":{}},{\"dense\":{\"units\":0}}] | layers[1].dense.units is 0, must be 1 to 65536",
                "\"layers\":[{\"conv2d\":{\"filters\":8,\"kernel\":\"big\"}}] | layers[0].conv2d.kernel is \"big\", must be 1 to 31",
                "\"layers\":[{\"conv2d\":{\"filters\":8,\"activation\":\"ReLU\"}}] | layers[0].conv2d.activation is \"ReLU\", must be one of linear, relu, relu6, elu, gelu, swish, tanh, sigmoid",
                "\"layers\":[{\"residualBlock\":{\"layers\":[{\"dropout\":{\"rate\":1}}]}}] | layers[0].residualBlock.layers[0].dropout.rate is 1.0, must be at least 0 and below 1",
                "\"layers\":[{\"residualBlock\":{}}] | layers[0].residualBlock.layers is missing, must be a list of 1 to 64 layers, none a residual block",
                "\"layers\":[{\"dropout\":{}}] | layers[0].dropout.rate is missing, must be at least 0 and below 1",
            })
    void trainingFields(String field, String message) {
        String json = "{\"dataset\":\"d\",\"model\":\"m\"," + field + "}";
        assertThat(refused(EventType.TRAINING_REQUESTED, json)).hasMessage(message);
    }

    @Test
    void idOfTwoHundredKilobytes() {
        assertThat(refused(
                        EventType.TRAINING_REQUESTED,
                        "{\"runId\":\"" + "r".repeat(200_000) + "\",\"dataset\":\"d\",\"model\":\"m\"}"))
                .hasMessage("runId is \"" + "r".repeat(80) + "\"... (200000 characters), " + NAME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"m\"} | dataset is missing, must be a name or name@sha256:<64 lower-case hex digits>, a name "
                        + "matching [a-z0-9][a-z0-9._-]{0,62}",
                "{\"dataset\":\"d\"} | model is missing, " + NAME,
                "{\"dataset\":\"d\",\"model\":null} | model is missing, " + NAME,
                "{\"dataset\":\"d@sha256:abc\",\"model\":\"m\"} | dataset is \"d@sha256:abc\", must be a name or "
                        + "name@sha256:<64 lower-case hex digits>, a name matching [a-z0-9][a-z0-9._-]{0,62}",
                "{\"run_id\":\"a\",\"runId\":\"b\"} | runId stands twice, as runId and as run_id",
                "{\"runId\":null,\"run_id\":\"a\"} | run_id stands twice, as runId and as run_id",
            })
    void trainingRequestsAsAWhole(String json, String message) {
        assertThat(refused(EventType.TRAINING_REQUESTED, json)).hasMessage(message);
    }

    @Test
    void theLimitsThemselvesAreAllowed() {
        assertThatNoException()
                .isThrownBy(() -> decode(EventType.TRAINING_REQUESTED, """
                {"runId":"%s","dataset":"d@sha256:%s","model":"m","epochs":10000,"batchSize":8192,"learningRate":10,
                 "seed":"-9223372036854775808","checkpointInterval":"3600s","deadline":"2592000s",
                 "gate":{"maxRegression":0,"minTestAccuracy":1}}""".formatted("r".repeat(63), "0f".repeat(32))));
        assertThatNoException().isThrownBy(() -> decode(EventType.TRAINING_REQUESTED, """
                {"dataset":"d","model":"m","epochs":1,"batchSize":1,"learningRate":1.4e-45,"seed":0,
                 "checkpointInterval":"1s","deadline":"1s","gate":{}}"""));
    }

    @Test
    void protobufMustFollowTheSameRules() {
        TrainingRequested request = TrainingRequested.newBuilder()
                .setDataset("d")
                .setModel("m")
                .setGate(Gate.newBuilder().setMaxRegression(Double.NaN))
                .build();

        assertThat(catchThrowableOfType(BadEventException.class, () -> EventType.TRAINING_REQUESTED.check(request)))
                .hasMessage("gate.maxRegression is NaN, must be 0 to 1");
    }

    @Test
    void durationBeyondProtobufsOwnRange() {
        TrainingRequested request = TrainingRequested.newBuilder()
                .setDataset("d")
                .setModel("m")
                .setDeadline(com.google.protobuf.Duration.newBuilder().setSeconds(Long.MAX_VALUE))
                .build();

        assertThat(catchThrowableOfType(BadEventException.class, () -> EventType.TRAINING_REQUESTED.check(request)))
                .hasMessageStartingWith("deadline is ")
                .hasMessageEndingWith(", must be 1s to 2592000s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | runId is missing, " + NAME,
                "{\"runId\":\"r/1\"} | runId is \"r/1\", " + NAME,
                "{\"runId\":\"r1\",\"reason\":\"\\ud800\"} | reason is \"\ud800\", must be 1 to 1024 characters, none a "
                        + "control character",
                "{\"runId\":\"r1\",\"reason\":\"a\\u001b\"} | reason is \"a\\u001B\", must be 1 to 1024 characters, none a "
                        + "control character",
            })
    void cancelRequests(String json, String message) {
        assertThat(refused(EventType.TRAINING_CANCEL_REQUESTED, json)).hasMessage(message);
        assertThat(refused(EventType.DATASET_CANCEL_REQUESTED, json.replace("runId", "ingestionId")))
                .hasMessage(message.replace("runId", "ingestionId"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"sweepId\":\"S1\" | sweepId is \"S1\", must match [a-z0-9][a-z0-9._-]{0,55}",
                "\"training\":{} | training.dataset is missing, must be a name or name@sha256:<64 lower-case hex digits>, "
                        + "a name matching [a-z0-9][a-z0-9._-]{0,62}",
                "\"training\":{\"dataset\":\"d\",\"model\":\"m\",\"epochs\":0} | training.epochs is 0, must be 1 to 10000",
                "\"training\":{\"dataset\":\"d\",\"model\":\"m\",\"layers\":[{\"dense\":{\"units\":0}}]} | "
                        + "training.layers[0].dense.units is 0, must be 1 to 65536",
                "\"parameters\":{} | parameters is {}, must be a list of 1 to 16 elements",
                "\"parameters\":[{\"values\":[1]}] | parameters[0].field is missing, must be 1 to 256 characters, none a "
                        + "control character",
                "\"parameters\":[{\"field\":\"epochs\",\"values\":5}] | parameters[0].values is 5, must be a list",
                "\"parameters\":[{\"field\":\"epochs\",\"range\":{\"low\":\"NaN\"}}] | parameters[0].range.low is NaN, must "
                        + "be a finite number",
                "\"parameters\":[{\"field\":\"epochs\",\"range\":{\"scale\":\"ln\"}}] | parameters[0].range.scale is "
                        + "\"ln\", must be one of linear, log",
                "\"random\":{\"trials\":1} | random.trials is 1, must be 2 to 256",
                "\"random\":{\"trials\":257} | random.trials is 257, must be 2 to 256",
                "\"halving\":{\"reductionFactor\":1} | halving.reductionFactor is 1, must be 2 to 16",
                "\"halving\":{\"minEpochs\":0} | halving.minEpochs is 0, must be 1 to 10000",
                "\"parallelRuns\":65 | parallelRuns is 65, must be 1 to 64",
                "\"deadline\":\"0s\" | deadline is 0s, must be 1s to 2592000s",
            })
    void sweepFields(String field, String message) {
        String name = field.substring(0, field.indexOf(':'));
        String usual = name.equals("\"training\"") ? "" : "\"training\":{\"dataset\":\"d\",\"model\":\"m\"},";
        String parameters =
                name.equals("\"parameters\"") ? "" : "\"parameters\":[{\"field\":\"epochs\",\"values\":[1,2]}],";
        assertThat(refused(EventType.SWEEP_REQUESTED, "{" + usual + parameters + field + "}"))
                .hasMessage(message);
    }

    @Test
    void aSweepNeedsParametersAndTraining() {
        assertThat(refused(EventType.SWEEP_REQUESTED, "{\"training\":{\"dataset\":\"d\",\"model\":\"m\"}}"))
                .hasMessage("parameters is missing, must be a list of 1 to 16 elements");
        assertThat(refused(EventType.SWEEP_REQUESTED, "{}")).hasMessage("training is missing, must be given");
        assertThat(refused(EventType.SWEEP_CANCEL_REQUESTED, "{}"))
                .hasMessage("sweepId is missing, must match [a-z0-9][a-z0-9._-]{0,55}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"version\":1} | model is missing, " + NAME,
                "{\"model\":\"m\"} | version is 0, must be at least 1",
                "{\"model\":\"m\",\"version\":-1} | version is -1, must be at least 1",
                "{\"model\":\"m\",\"version\":9223372036854775808} | version is 9223372036854775808, must be at least 1",
                "{\"model\":\"m\",\"version\":1,\"label\":\"a/b\"} | label is \"a/b\", " + NAME,
                "{\"model\":\"m\",\"version\":1,\"promotionId\":\"a b\"} | promotionId is \"a b\", " + NAME,
            })
    void promotionRequests(String json, String message) {
        assertThat(refused(EventType.PROMOTION_REQUESTED, json)).hasMessage(message);
    }

    private static Event<?> decode(EventType<?> type, String json) {
        return Records.DECODER.decode(type, Records.bare(type, json));
    }

    private static BadEventException refused(EventType<?> type, String json) {
        return catchThrowableOfType(BadEventException.class, () -> decode(type, json));
    }
}
