package io.catwalk.training.plan;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Presets;

/** The network that a request names, or brings. */
public final class RequestedNetwork {
    private RequestedNetwork() {}

    /** @throws BadInputException for a name that no preset has, or for a preset's name beside layers */
    public static Preset of(TrainingRequest request) {
        String name = request.network();
        var layers = request.asked().getLayersList();
        if (layers.isEmpty()) {
            return Presets.named(name)
                    .orElseThrow(() -> new BadInputException("network is %s, must be one of %s, or come with layers"
                            .formatted(name, String.join(", ", Presets.names()))));
        }
        if (Presets.named(name).isPresent()) {
            throw new BadInputException(
                    "network is %s, a preset's name: must be another or left out beside layers".formatted(name));
        }
        return new OwnLayers(name, BadInputException.parse(() -> RequestedLayers.of(layers)));
    }
}
