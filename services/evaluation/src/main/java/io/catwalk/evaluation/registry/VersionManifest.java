package io.catwalk.evaluation.registry;

import java.util.List;
import java.util.Optional;

import io.catwalk.chassis.manifest.ManifestJson;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;

/**
 * The content of a version. Its bytes are canonical, so its digest identifies the version.
 *
 * @param schema {@link #SCHEMA}
 * @param version from 1
 * @param runId the run that trained it
 * @param dataset the name of what it was trained and scored on
 * @param parameters trainable ones
 * @param imageShape of one image: height, width, channels
 * @param labelNames each class's name, in the classes' order
 */
public record VersionManifest(
        int schema,
        String model,
        long version,
        String runId,
        String dataset,
        Digests digests,
        String network,
        long parameters,
        List<Integer> imageShape,
        List<String> labelNames,
        Figures validation,
        Figures test) {
    public static final int SCHEMA = 1;
    private static final int RANK = 3;

    /** @throws IllegalArgumentException for another schema, or an invalid field */
    public VersionManifest {
        imageShape = List.copyOf(imageShape);
        labelNames = List.copyOf(labelNames);
        require(schema == SCHEMA, "schema", schema, "must be " + SCHEMA);
        require(Name.isValid(model), "model", model, "must match " + Name.PATTERN);
        require(version >= 1, "version", version, "must be at least 1");
        require(Name.isValid(runId), "runId", runId, "must match " + Name.PATTERN);
        require(
                imageShape.size() == RANK && imageShape.stream().allMatch(size -> size > 0),
                "imageShape",
                imageShape,
                "must be height, width and channels, each above 0");
        require(labelNames.size() >= 2, "labelNames", labelNames, "must be at least 2");
    }

    private static void require(boolean holds, String field, Object value, String limit) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": " + value + ", " + limit);
        }
    }

    /** The same content under another number. */
    public VersionManifest numbered(long number) {
        return new VersionManifest(
                schema,
                model,
                number,
                runId,
                dataset,
                digests,
                network,
                parameters,
                imageShape,
                labelNames,
                validation,
                test);
    }

    /** Of its canonical bytes. */
    public Digest digest() {
        return Digest.of(ManifestJson.write(this));
    }

    public LabelDecision.Target target() {
        return new LabelDecision.Target(version, digests.model());
    }

    /**
     * The digests of a version's content, each {@code sha256:<64 hex digits>}.
     *
     * @param data the dataset's manifest
     * @param request the training request as it was received
     * @param weights only the weights
     * @param model the SavedModel's archive
     * @param onnx the ONNX model, if its answers agree with the SavedModel's
     * @param profile the training images in figures; empty for a version of an older release
     * @param report report.json
     * @param page report.html
     */
    public record Digests(
            String data,
            String request,
            String weights,
            String model,
            Optional<String> onnx,
            Optional<String> profile,
            String report,
            String page) {
        /** @throws IllegalArgumentException when one isn't a digest */
        public Digests {
            List.of(data, request, weights, model, report, page).forEach(Digest::parse);
            onnx.ifPresent(Digest::parse);
            profile.ifPresent(Digest::parse);
        }
    }

    /**
     * Its metrics on one split.
     *
     * @param count images
     * @param loss mean cross entropy in nats
     * @param accuracy 0 to 1
     */
    public record Figures(int count, double loss, double accuracy) {}
}
