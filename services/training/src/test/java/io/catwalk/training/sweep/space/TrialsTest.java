package io.catwalk.training.sweep.space;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialsTest {
    @Test
    void aGridHasEveryCombinationTheLastParameterFirst() {
        Trials trials = trials("""
                {"training": {"dataset": "d", "model": "m", "epochs": 9},
                 "parameters": [
                   {"field": "learningRate", "values": [0.1, 0.01]},
                   {"field": "optimizer", "values": [{"adam": {}}, {"sgd": {"momentum": 0.9}}]},
                   {"field": "batch_size", "values": [32]}]}""");

        assertThat(trials.all())
                .extracting(trial -> trial.number() + " " + trial.parameters())
                .containsExactly(
                        "1 {learningRate=0.1, optimizer={\"adam\":{}}, batch_size=32}",
                        "2 {learningRate=0.1, optimizer={\"sgd\":{\"momentum\":0.9}}, batch_size=32}",
                        "3 {learningRate=0.01, optimizer={\"adam\":{}}, batch_size=32}",
                        "4 {learningRate=0.01, optimizer={\"sgd\":{\"momentum\":0.9}}, batch_size=32}");
        TrainingRequested last = trials.training(trials.all().getLast());
        assertThat(last.getEpochs()).isEqualTo(9);
        assertThat(last.getBatchSize()).isEqualTo(32);
        assertThat(last.getOptimizer().getSgd().getMomentum()).isEqualTo(0.9);
    }

    @Test
    void reachesIntoMessagesAndLists() {
        Trials trials = trials("""
                {"training": {"dataset": "d", "model": "m",
                   "layers": [{"flatten": {}}, {"dropout": {"rate": 0.1}}, {"dense": {"units": 10}}]},
                 "parameters": [
                   {"field": "layers[1].dropout.rate", "values": [0.2, 0.3]},
                   {"field": "optimizer.sgd.momentum", "values": [0.8]}]}""");

        assertThat(trials.all())
                .extracting(trial ->
                        trials.training(trial).getLayers(1).getDropout().getRate())
                .containsExactly(0.2, 0.3);
        assertThat(trials.all())
                .allSatisfy(trial -> assertThat(
                                trials.training(trial).getOptimizer().getSgd().getMomentum())
                        .isEqualTo(0.8));
    }

    @Test
    void drawsTheSameTrialsForTheSameSeedAndNoneTwice() {
        Trials sweep = trials(random(20, 7));
        List<Trial> trials = sweep.all();
        assertThat(trials).hasSize(20).extracting(Trial::parameters).doesNotHaveDuplicates();
        assertThat(trials(random(20, 7)).all()).isEqualTo(trials);
        assertThat(trials(random(20, 8)).all()).isNotEqualTo(trials);
        assertThat(trials).allSatisfy(trial -> {
            assertThat(sweep.training(trial).getLearningRate()).isBetween(1e-4, 1e-1);
            assertThat(sweep.training(trial).getBatchSize()).isBetween(8, 64);
            assertThat(number(trial, "weightDecay")).isBetween(0.0, 0.01);
        });
        assertThat(trials.stream().filter(trial -> sweep.training(trial).getLearningRate() < 1e-2))
                .as("each power of ten is as likely")
                .hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"field\": \"learnngRate\", \"values\": [1, 2]} | the parameter learnngRate is not a field of a training request; did you mean learningRate?",
                "{\"field\": \"epochs.x\", \"values\": [1, 2]} | the parameter epochs.x is not a field of a training request",
                "{\"field\": \"optimizer[0]\", \"values\": [1, 2]} | the parameter optimizer[0] is not a field of a training request; optimizer is no list",
                "{\"field\": \"optimizer.adam.beta_one\", \"values\": [1, 2]} | "
                        + "the parameter optimizer.adam.beta_one is not a field of a training request; did you mean beta1?",
                "{\"field\": \"learning-rate\", \"values\": [1, 2]} | "
                        + "the parameter learning-rate is not a field of a training request; did you mean learningRate?",
                "{\"field\": \"optimizer\", \"values\": [{\"adam\": {}}, {\"adam\": {\"beta_one\": 0.5}}]} | "
                        + "trial 2: optimizer.adam.beta_one is not a field of a training request; did you mean beta1?",
                "{\"field\": \"optimizer\", \"values\": [{}, 5]}, {\"field\": \"optimizer.adam.beta1\", \"values\": [0.1]} | "
                        + "trial 2: the parameter optimizer.adam.beta1 has no place: another parameter makes what it lies in no object",
                "{\"field\": \"layers[7].dense.units\", \"values\": [1, 2]} | "
                        + "trial 1: the parameter layers[7].dense.units has no place: training has 0 elements in layers",
                "{\"field\": \"learningRate\"} | the parameter learningRate must have either values or a range",
                "{\"field\": \"learningRate\", \"values\": []} | the parameter learningRate has 0 values, must have 1 to 256",
                "{\"field\": \"learningRate\", \"values\": [0.1]} | "
                        + "the parameters have 1 combination, a sweep must have 2 trials or more",
                "{\"field\": \"learningRate\", \"values\": [0.1, -1]} | "
                        + "trial 2: learningRate is -1.0, must be above 0 and at most 10",
                "{\"field\": \"batchSize\", \"values\": [8, 1.5]} | trial 2: batchSize is 1.5, must be 1 to 8192",
                "{\"field\": \"network\", \"values\": [\"tutorial-cnn\", \"vgg\"]} | trial 2: network is vgg, must be one of "
                        + "tutorial-cnn, tutorial-cnn-dropout, regularised-cnn, resnet-re, resnet-colour, or come with layers",
                "{\"field\": \"learningRate\", \"range\": {\"low\": 0.1, \"high\": 0.2}} | "
                        + "the parameter learningRate has a range, must have values in a grid search",
                "{\"field\": \"learningRate\", \"range\": {\"low\": 0.2, \"high\": 0.2}} | "
                        + "the parameter learningRate has a range from 0.2 to 0.2, low must be below high",
                "{\"field\": \"learningRate\", \"range\": {\"high\": 0.2, \"scale\": \"log\"}} | "
                        + "the parameter learningRate has a log range from 0.0, low must be above 0",
                "{\"field\": \"seed\", \"values\": [1, 2]} | the parameter seed is the same for all trials of a sweep",
            })
    void saysWhatIsWrongWithAParameter(String parameter, String message) {
        assertThatThrownBy(() -> trials(
                        "{\"training\": {\"dataset\": \"d\", \"model\": \"m\"}, \"parameters\": [" + parameter + "]}"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(message);
    }

    @Test
    void saysThatASpaceIsTooSmallOrTooLarge() {
        assertThatThrownBy(() -> trials("""
                {"training": {"dataset": "d", "model": "m"}, "random": {"trials": 5},
                 "parameters": [{"field": "batchSize", "values": [8, 16, 32]}]}"""))
                .hasMessage("random.trials is 5, but the parameters have hardly 3 combinations: take a grid search");
        String values = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]";
        assertThatThrownBy(() -> trials("""
                {"training": {"dataset": "d", "model": "m"},
                 "parameters": [{"field": "batchSize", "values": %s}, {"field": "epochs", "values": %s}]}""".formatted(values, values)))
                .hasMessage("the parameters have more than 256 combinations: take a random search");
        assertThatThrownBy(() -> trials("""
                {"training": {"dataset": "d", "model": "m"},
                 "parameters": [{"field": "batchSize", "values": [1, 2]}, {"field": "batch_size", "values": [3]}]}""")).hasMessage("the parameter batch_size stands twice");
    }

    @Test
    void aParameterWithinAnothersValueLeavesThatAsItWasAsked() {
        Trials trials = trials("""
                {"training": {"dataset": "d", "model": "m"},
                 "parameters": [
                   {"field": "optimizer", "values": [{"sgd": {"nesterov": true}}]},
                   {"field": "optimizer.sgd.momentum", "values": [0.8, 0.9]}]}""");

        assertThat(trials.all())
                .extracting(
                        trial -> trials.training(trial).getOptimizer().getSgd().getMomentum())
                .containsExactly(0.8, 0.9);
        assertThat(trials.all())
                .extracting(trial -> trial.parameters().get("optimizer").toString())
                .containsOnly("{\"sgd\":{\"nesterov\":true}}");
    }

    @Test
    void whatNoParameterLiesInIsReadOnceForAllTrials() {
        Trials trials = trials(
                of900Layers("""
                {"field": "batchSize", "values": %s}""".formatted(IntStream.rangeClosed(1, 256).boxed().toList())));

        assertThat(trials.bytes()).isLessThan(256 * 64);
        TrainingRequested first = trials.training(trials.all().getFirst());
        TrainingRequested last = trials.training(trials.all().getLast());
        assertThat(last.getBatchSize()).isEqualTo(256);
        assertThat(first.getLayersCount()).isEqualTo(15);
        for (int i = 0; i < first.getLayersCount(); i++) {
            assertThat(last.getLayers(i)).isSameAs(first.getLayers(i));
        }
    }

    @Test
    void refusesMoreThanItIsReadyToReadBeforeItReadsAny() {
        Trials trials = Trials.of(
                read(of900Layers("""
                {"field": "layers[0].residualBlock.activation", "values": %s}""".formatted(IntStream.rangeClosed(1, 256)
                        .mapToObj(i -> "\"none-" + i + "\"")
                        .toList()))),
                Set.of());

        assertThat(trials.bytes()).isGreaterThan(TrialTrainings.MOST_BYTES);
        assertThatThrownBy(trials::check)
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "the 256 trials come to %d bytes of requests beside what they share, must be at most 4194304"
                                .formatted(trials.bytes()));
    }

    private static String of900Layers(String parameter) {
        String block = "{\"residualBlock\": {\"layers\": ["
                + String.join(",", Collections.nCopies(59, "{\"batchNorm\": {\"momentum\": 0.9}}")) + "]}}";
        return "{\"training\": {\"dataset\": \"d\", \"model\": \"m\", \"layers\": ["
                + String.join(",", Collections.nCopies(15, block)) + "]}, \"parameters\": [" + parameter + "]}";
    }

    private static String random(int trials, int seed) {
        return """
                {"training": {"dataset": "d", "model": "m"}, "random": {"trials": %d, "seed": %d},
                 "parameters": [
                   {"field": "learningRate", "range": {"low": 0.0001, "high": 0.1, "scale": "log"}},
                   {"field": "batchSize", "range": {"low": 8, "high": 64, "whole": true}},
                   {"field": "weightDecay", "range": {"high": 0.01}}]}""".formatted(trials, seed);
    }

    private static double number(Trial trial, String parameter) {
        JsonNode value = trial.parameters().get(parameter);
        assertThat(value.isNumber()).isTrue();
        return value.asDouble();
    }

    private static Trials trials(String json) {
        Trials trials = Trials.of(read(json), Set.of("seed"));
        trials.check();
        return trials;
    }

    private static SweepRequested read(String json) {
        SweepRequested asked = EventJson.read(EventType.SWEEP_REQUESTED, json.getBytes(UTF_8));
        EventType.SWEEP_REQUESTED.check(asked);
        return asked;
    }
}
