package io.catwalk.training.run;

import java.util.Optional;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.chassis.errors.UnmeetableRequestException;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.network.Network;
import io.catwalk.network.NetworkSummary;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Recipe;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.objectstore.Digest;
import io.catwalk.training.loop.DataOrder;
import io.catwalk.training.loop.EarlyStopping;
import io.catwalk.training.loop.LoopSettings;
import io.catwalk.training.loop.TrainingLoop;
import io.catwalk.training.plan.RequestedMethod;
import io.catwalk.training.plan.RequestedNetwork;
import io.catwalk.training.plan.RunLength;

/**
 * A request as it applies to one dataset.
 *
 * @param dataset of the manifest
 * @param stepsPerEpoch full batches of the training split
 */
record RunPlan(
        TrainingRequest request,
        Digest dataset,
        Network network,
        Hyperparameters hyperparameters,
        LoopSettings loop,
        int stepsPerEpoch) {
    /**
     * @throws BadInputException when its values don't fit each other or the dataset: the message names field, value and limit
     */
    static RunPlan of(TrainingRequest request, Digest dataset, DatasetManifest manifest) {
        requireOneOrigin(request);
        Preset preset = RequestedNetwork.of(request);
        var recipe = preset.recipe();
        int epochs = request.epochs().orElse(recipe.epochs());
        LoopSettings loop = new LoopSettings(
                lastEpoch(request, epochs),
                request.batchSize().orElse(recipe.batchSize()),
                shuffled(request, recipe) ? new DataOrder.Shuffled(request.seed()) : new DataOrder.Fixed(),
                request.testEachEpoch(),
                earlyStopping(request));
        int images = manifest.counts().train().images();
        int stepsPerEpoch = BadInputException.parse(() -> TrainingLoop.batchesPerEpoch(images, loop.batchSize()));
        double learningRate = request.learningRate().orElse(recipe.learningRate());
        var length = new RunLength(epochs, stepsPerEpoch);
        Hyperparameters own = BadInputException.parse(() -> preset.hyperparameters(learningRate, length.steps()));
        Hyperparameters hyperparameters = RequestedMethod.of(own, request.asked(), learningRate, length);
        ImageShape image = manifest.imageShape().as(ImageShape::new);
        Network network = BadInputException.parse(() -> {
            hyperparameters.regularisation().augmentations().forEach(augmentation -> augmentation.requireFit(image));
            return preset.network(image, manifest.classes());
        });
        return new RunPlan(request, dataset, network, hyperparameters, loop, stepsPerEpoch);
    }

    /** @throws UnmeetableRequestException when it resumes a run that has done more epochs than this one is to have */
    void requireAtLeast(int done) {
        if (loop.epochs() < done) {
            throw new UnmeetableRequestException("the run is to have %d epochs, must be at least the %d of run %s"
                    .formatted(loop.epochs(), done, request.resumeFrom().orElse("")));
        }
    }

    private static int lastEpoch(TrainingRequest request, int epochs) {
        int last = request.asked().hasStopAfterEpoch() ? request.asked().getStopAfterEpoch() : epochs;
        if (last > epochs) {
            throw new BadInputException(
                    "stopAfterEpoch is %d, must be at most the run's %d epochs".formatted(last, epochs));
        }
        return last;
    }

    private static void requireOneOrigin(TrainingRequest request) {
        request.resumeFrom().ifPresent(run -> {
            if (request.continueFrom().isPresent()) {
                throw new BadInputException("resumeFrom is %s, must be left out beside continueFrom".formatted(run));
            }
            if (request.asked().hasEarlyStopping()) {
                throw new BadInputException("resumeFrom is %s, must be left out beside earlyStopping".formatted(run));
            }
        });
    }

    private static boolean shuffled(TrainingRequest request, Recipe recipe) {
        return request.asked().hasShuffle() ? request.asked().getShuffle() : recipe.shuffled();
    }

    private static Optional<EarlyStopping> earlyStopping(TrainingRequest request) {
        var asked = request.asked().getEarlyStopping();
        return request.asked().hasEarlyStopping()
                ? Optional.of(new EarlyStopping(asked.getPatience(), asked.getMinImprovement()))
                : Optional.empty();
    }

    /** Trainable values. */
    long parameters() {
        return NetworkSummary.of(network).trained();
    }
}
