package io.catwalk.training.run;

import io.catwalk.dataset.DatasetManifest;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.network.Network;
import io.catwalk.network.NetworkSummary;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Presets;
import io.catwalk.objectstore.Digest;
import io.catwalk.training.loop.TrainingLoop;

/**
 * What a request comes to on one dataset.
 *
 * @param dataset of the manifest
 * @param stepsPerEpoch full batches of the training split
 */
record RunPlan(TrainingRequest request, Digest dataset, Network network, int stepsPerEpoch) {
    /** @throws IllegalArgumentException when the request can't be met: the message names field, value and limit */
    static RunPlan of(TrainingRequest request, Digest dataset, DatasetManifest manifest) {
        var shape = manifest.imageShape();
        ImageShape input = new ImageShape(shape.height(), shape.width(), shape.channels());
        return new RunPlan(
                request,
                dataset,
                preset(request.network()).network(input, manifest.classes()),
                TrainingLoop.batchesPerEpoch(manifest.counts().train().images(), request.batchSize()));
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
