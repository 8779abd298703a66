package io.catwalk.training.plan;

import static io.catwalk.training.plan.Choices.chosen;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.network.augmentation.Augmentation;
import io.catwalk.network.augmentation.HorizontalFlip;
import io.catwalk.network.augmentation.RandomCrop;
import io.catwalk.network.augmentation.RandomErasing;
import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.training.Descent;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.Regularisation;
import io.catwalk.training.v1.Initializers;
import io.catwalk.training.v1.TrainingRequested;

/** A network's own way to be trained, with what a request wants otherwise. Defaults are those of the messages' comments. */
public final class RequestedMethod {
    private static final int CROP = 2;

    private RequestedMethod() {}

    /**
     * @param own what the network is trained with otherwise
     * @param asked whose rules are checked
     * @param length of the whole run
     * @throws BadInputException naming what doesn't fit together
     */
    public static Hyperparameters of(
            Hyperparameters own, TrainingRequested asked, double learningRate, RunLength length) {
        return BadInputException.parse(() -> new Hyperparameters(
                descent(own.descent(), asked, learningRate, length),
                firstWeights(own.firstWeights(), asked.getInitializers()),
                regularisation(own.regularisation(), asked),
                chosen(asked.getPrecision(), own.precision())));
    }

    private static Descent descent(Descent own, TrainingRequested asked, double learningRate, RunLength length) {
        return new Descent(
                asked.hasOptimizer() ? RequestedOptimizer.of(asked.getOptimizer()) : own.optimizer(),
                asked.hasSchedule() ? RequestedSchedule.of(asked.getSchedule(), learningRate, length) : own.schedule(),
                asked.hasMaxGradientNorm() ? OptionalDouble.of(asked.getMaxGradientNorm()) : own.maxGradientNorm(),
                asked.hasAveraging() ? OptionalDouble.of(asked.getAveraging()) : own.averaging());
    }

    private static FirstWeights firstWeights(FirstWeights own, Initializers asked) {
        return new FirstWeights(chosen(asked.getKernels(), own.kernels()), chosen(asked.getBiases(), own.biases()));
    }

    private static Regularisation regularisation(Regularisation own, TrainingRequested asked) {
        return new Regularisation(
                asked.hasLabelSmoothing() ? (float) asked.getLabelSmoothing() : own.labelSmoothing(),
                asked.hasWeightDecay() ? (float) asked.getWeightDecay() : own.weightDecay(),
                asked.hasAugmentation() ? augmentations(asked.getAugmentation()) : own.augmentations());
    }

    private static List<Augmentation> augmentations(io.catwalk.training.v1.Augmentation asked) {
        List<Augmentation> augmentations = new ArrayList<>();
        if (asked.hasRandomCrop()) {
            var crop = asked.getRandomCrop();
            augmentations.add(new RandomCrop(crop.hasPadding() ? crop.getPadding() : CROP));
        }
        if (asked.hasHorizontalFlip()) {
            var flip = asked.getHorizontalFlip();
            augmentations.add(
                    flip.hasProbability() ? new HorizontalFlip((float) flip.getProbability()) : new HorizontalFlip());
        }
        if (asked.hasRandomErasing()) {
            augmentations.add(erasing(asked.getRandomErasing()));
        }
        return augmentations;
    }

    private static RandomErasing erasing(io.catwalk.training.v1.RandomErasing asked) {
        RandomErasing usual = new RandomErasing();
        return new RandomErasing(
                asked.hasProbability() ? (float) asked.getProbability() : usual.probability(),
                asked.hasSmallest() ? (float) asked.getSmallest() : usual.smallest(),
                asked.hasLargest() ? (float) asked.getLargest() : usual.largest(),
                usual.flattest());
    }
}
