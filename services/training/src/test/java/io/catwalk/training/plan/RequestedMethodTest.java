package io.catwalk.training.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalDouble;

import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.JournalJson;
import io.catwalk.network.augmentation.HorizontalFlip;
import io.catwalk.network.augmentation.RandomCrop;
import io.catwalk.network.augmentation.RandomErasing;
import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.optimizer.Adam;
import io.catwalk.network.optimizer.AdamW;
import io.catwalk.network.optimizer.RmsProp;
import io.catwalk.network.optimizer.Sgd;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.preset.Recipe;
import io.catwalk.network.schedule.Constant;
import io.catwalk.network.schedule.Cosine;
import io.catwalk.network.schedule.Exponential;
import io.catwalk.network.schedule.OneCycle;
import io.catwalk.network.schedule.Schedule;
import io.catwalk.network.schedule.StepDecay;
import io.catwalk.network.schedule.WarmUp;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.Precision;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;

class RequestedMethodTest {
    private static final RunLength LENGTH = new RunLength(30, 10);

    @Test
    void nothingAskedIsTheNetworksOwn() {
        Hyperparameters own = Presets.named("regularised-cnn").orElseThrow().hyperparameters(0.1, LENGTH.steps());
        assertThat(RequestedMethod.of(own, TrainingRequested.getDefaultInstance(), 0.1, LENGTH))
                .isEqualTo(own);
    }

    @Test
    void aPresetCanBeWrittenOut() throws IOException {
        TrainingRequested asked;
        try (InputStream file = getClass().getResourceAsStream("regularised-cnn.json")) {
            asked = EventJson.read(EventType.TRAINING_REQUESTED, file.readAllBytes());
        }
        Preset preset = Presets.named("regularised-cnn").orElseThrow();
        Recipe recipe = preset.recipe();
        ImageShape image = new ImageShape(28, 28, 1);
        assertThat(new Recipe(asked.getEpochs(), asked.getBatchSize(), asked.getLearningRate(), asked.getShuffle()))
                .isEqualTo(recipe);
        assertThat(RequestedLayers.of(asked.getLayersList()))
                .isEqualTo(preset.network(image, 10).layers());
        assertThat(RequestedMethod.of(Hyperparameters.tutorial(), asked, recipe.learningRate(), LENGTH))
                .isEqualTo(preset.hyperparameters(recipe.learningRate(), LENGTH.steps()));
    }

    @Test
    void optimizers() {
        assertThat(of("\"optimizer\":{\"sgd\":{}}").descent().optimizer()).isEqualTo(new Sgd(0.9f, false));
        assertThat(of("\"optimizer\":{\"sgd\":{\"momentum\":0}}").descent().optimizer())
                .isEqualTo(new Sgd(0, false));
        assertThat(of("\"optimizer\":{\"adam\":{\"beta1\":0.8}}").descent().optimizer())
                .isEqualTo(new Adam(0.8f, 0.999f, 1e-8f));
        assertThat(of("\"optimizer\":{\"adamW\":{}}").descent().optimizer()).isEqualTo(new AdamW());
        assertThat(of("\"optimizer\":{\"rmsProp\":{\"momentum\":0.5}}")
                        .descent()
                        .optimizer())
                .isEqualTo(new RmsProp(0.9f, 0.5f, 1e-7f));
        assertThatThrownBy(() -> of("\"optimizer\":{\"sgd\":{\"momentum\":0,\"nesterov\":true}}"))
                .hasMessage("momentum must be above 0 with nesterov, not 0.0");
    }

    @Test
    void schedules() {
        assertThat(schedule("\"constant\":{}")).isEqualTo(new Constant(0.01));
        assertThat(schedule("\"stepDecay\":{}")).isEqualTo(new StepDecay(0.01, 0.1, 100));
        assertThat(schedule("\"stepDecay\":{\"everyEpochs\":0.5,\"factor\":0.5}"))
                .isEqualTo(new StepDecay(0.01, 0.5, 5));
        assertThat(schedule("\"exponentialDecay\":{}")).isEqualTo(new Exponential(0.01, 0.95, 10));
        assertThat(schedule("\"cosineDecay\":{}")).isEqualTo(new Cosine(0.01, 0, 300));
        assertThat(schedule("\"oneCycle\":{}")).isEqualTo(new OneCycle(0.01, 300));
        assertThat(schedule("\"cosineDecay\":{\"last\":0.1},\"warmUpEpochs\":5"))
                .isEqualTo(new WarmUp(50, new Cosine(0.01, 0.01 * 0.1, 250)));
        assertThatThrownBy(() -> schedule("\"constant\":{},\"warmUpEpochs\":30"))
                .hasMessage("schedule.warmUpEpochs is 30.0, must be below the run's 30 epochs");
        assertThatThrownBy(() -> schedule("\"oneCycle\":{},\"warmUpEpochs\":1"))
                .hasMessage("schedule.warmUpEpochs is 1.0, must be 0 with oneCycle, which rises itself");
    }

    @Test
    void theRest() {
        Hyperparameters method = of("""
                "initializers":{"kernels":"he-normal"},"labelSmoothing":0.1,"weightDecay":0.001,"maxGradientNorm":2,\
                "averaging":0.99,"precision":"bfloat16",\
                "augmentation":{"horizontalFlip":{},"randomCrop":{"padding":3},"randomErasing":{"largest":0.2}}""");
        assertThat(method.firstWeights())
                .isEqualTo(new FirstWeights(Initializer.HE_NORMAL, Initializer.GLOROT_UNIFORM));
        assertThat(method.regularisation().labelSmoothing()).isEqualTo(0.1f);
        assertThat(method.regularisation().weightDecay()).isEqualTo(0.001f);
        assertThat(method.regularisation().augmentations())
                .isEqualTo(
                        List.of(new RandomCrop(3), new HorizontalFlip(), new RandomErasing(0.5f, 0.02f, 0.2f, 0.3f)));
        assertThat(method.descent().maxGradientNorm()).isEqualTo(OptionalDouble.of(2));
        assertThat(method.descent().averaging()).isEqualTo(OptionalDouble.of(0.99));
        assertThat(method.precision()).isEqualTo(Precision.BFLOAT16);
    }

    @Test
    void anEmptyAugmentationTakesTheNetworksOwnAway() {
        Hyperparameters own = Presets.named("regularised-cnn").orElseThrow().hyperparameters(0.1, LENGTH.steps());
        var asked = EventJson.fromJson(EventType.TRAINING_REQUESTED, JournalJson.parse("{\"augmentation\":{}}"));
        assertThat(RequestedMethod.of(own, asked, 0.1, LENGTH).regularisation().augmentations())
                .isEmpty();
    }

    private static Schedule schedule(String fields) {
        return of("\"schedule\":{" + fields + "}").descent().schedule();
    }

    private static Hyperparameters of(String fields) {
        var asked = EventJson.fromJson(EventType.TRAINING_REQUESTED, JournalJson.parse("{" + fields + "}"));
        return RequestedMethod.of(Hyperparameters.tutorial(), asked, 0.01, LENGTH);
    }
}
