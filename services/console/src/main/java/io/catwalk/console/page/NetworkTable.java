package io.catwalk.console.page;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.console.service.Part;
import io.catwalk.console.service.Service;
import io.catwalk.console.service.ServiceCalls;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a form's network, as training tabulates them.
 *
 * @param image of the dataset, as {@code 28x28x1}
 * @param classes of the dataset
 * @param table what training answered; null where the form is no request yet
 * @param error why there is none
 */
public record NetworkTable(
        String image,
        int classes,
        @Nullable Part table,
        @Nullable String error) {
    private static final String USUAL_IMAGE = "28x28x1";
    private static final int USUAL_CLASSES = 10;

    static NetworkTable of(RunForm form, Optional<Part> dataset, ServiceCalls services) {
        JsonNode manifest = dataset.filter(Part::isKnown)
                .map(part -> part.body().path("manifest"))
                .filter(JsonNode::isObject)
                .orElse(null);
        String image = manifest == null ? USUAL_IMAGE : image(manifest.path("imageShape"));
        int classes =
                manifest == null ? USUAL_CLASSES : manifest.path("classes").asInt(USUAL_CLASSES);
        try {
            Part table = services.post(
                            Service.TRAINING,
                            "/networks?image=" + image + "&classes=" + classes,
                            form.json().toString())
                    .join();
            return new NetworkTable(image, classes, table, null);
        } catch (RunForm.NoRequestException e) {
            return new NetworkTable(image, classes, null, e.getMessage());
        }
    }

    private static String image(JsonNode shape) {
        return shape.path("height").asInt() + "x" + shape.path("width").asInt() + "x"
                + shape.path("channels").asInt(1);
    }
}
