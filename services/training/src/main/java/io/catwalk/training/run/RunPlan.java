package io.catwalk.training.run;

import io.catwalk.dataset.DatasetManifest;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.network.Network;
import io.catwalk.network.NetworkSummary;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.objectstore.Digest;
import io.catwalk.training.loop.DataOrder;
import io.catwalk.training.loop.LoopSettings;
import io.catwalk.training.loop.TrainingLoop;

/**
 * What a request comes to on one dataset.
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
    /** @throws IllegalArgumentException when the request can't be met: the message names field, value and limit */
    static RunPlan of(TrainingRequest request, Digest dataset, DatasetManifest manifest) {
        Preset preset = preset(request.network());
        var recipe = preset.recipe();
        LoopSettings loop = new LoopSettings(
                request.epochs().orElse(recipe.epochs()),
                request.batchSize().orElse(recipe.batchSize()),
                recipe.shuffled() ? new DataOrder.Shuffled(request.seed()) : new DataOrder.Fixed(),
                request.testEachEpoch());
        int stepsPerEpoch =
                TrainingLoop.batchesPerEpoch(manifest.counts().train().images(), loop.batchSize());
        double learningRate = request.learningRate().orElse(recipe.learningRate());
        var shape = manifest.imageShape();
        return new RunPlan(
                request,
                dataset,
                preset.network(new ImageShape(shape.height(), shape.width(), shape.channels()), manifest.classes()),
                preset.hyperparameters(learningRate, (long) loop.epochs() * stepsPerEpoch),
                loop,
                stepsPerEpoch);
    }

    /** @throws IllegalArgumentException for a name that no preset has */
    static Preset preset(String name) {
        return Presets.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "network is " + name + ", must be one of " + String.join(", ", Presets.names())));
    }

    /** Trainable values. */
    long parameters() {
        return NetworkSummary.of(network).trained();
    }
}
