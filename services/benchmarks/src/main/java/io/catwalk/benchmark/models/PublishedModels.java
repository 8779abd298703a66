package io.catwalk.benchmark.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

import com.google.protobuf.Message;
import io.catwalk.client.EventProducer;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.network.Network;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.TrainingSession;

/**
 * Models of {@code tutorial-cnn} with different weights, each with one version under stable: their ONNX exports in the local
 * store's folder, and their events on the broker.
 */
public final class PublishedModels {
    private static final ImageShape SHAPE = new ImageShape(28, 28, 1);
    private static final int CLASSES = 10;

    private final Path bucket;
    private final String bootstrapServers;

    /** @param bucket the folder of the bucket */
    public PublishedModels(Path bucket, String bootstrapServers) {
        this.bucket = bucket;
        this.bootstrapServers = bootstrapServers;
    }

    /** A model's name, by its number from 0. */
    public static String name(int number) {
        return String.format(Locale.ROOT, "model-%03d", number);
    }

    /** Publishes the models of these numbers. */
    public void publish(int from, int until) {
        try (EventProducer producer = new EventProducer(bootstrapServers)) {
            for (int number = from; number < until; number++) {
                String digest = store(number);
                send(producer, EventType.MODEL_PUBLISHED, published(name(number), 1, digest));
                send(producer, EventType.MODEL_PROMOTED, promoted(name(number), 1, digest));
            }
        }
    }

    /**
     * Stores the ONNX export of the model of that number.
     *
     * @return its digest
     */
    public String store(int number) {
        Network network = Presets.named("tutorial-cnn").orElseThrow().network(SHAPE, CLASSES);
        try (TrainingSession session = TrainingSession.open(network, Hyperparameters.tutorial(), number)) {
            return store(OnnxExport.model(network, session.weights()));
        }
    }

    /** That a version, and its one file, is published. */
    public static ModelPublished published(String model, int version, String digest) {
        return ModelPublished.newBuilder()
                .setModel(model)
                .setVersion(version)
                .setRunId("bench-" + model)
                .setManifestDigest(digest)
                .setModelDigest(digest)
                .setOnnxDigest(digest)
                .setDataset("fashion-mnist")
                .setDatasetDigest(digest)
                .addAllImageShape(List.of(SHAPE.height(), SHAPE.width(), SHAPE.channels()))
                .addAllLabelNames(IntStream.range(0, CLASSES)
                        .mapToObj(label -> "label-" + label)
                        .toList())
                .setEntry(version)
                .build();
    }

    /** That it is under stable. */
    public static ModelPromoted promoted(String model, int version, String digest) {
        return ModelPromoted.newBuilder()
                .setModel(model)
                .setLabel("stable")
                .setVersion(version)
                .setModelDigest(digest)
                .setCause("evaluations/bench-" + model)
                .setEntry(version)
                .build();
    }

    private static <M extends Message> void send(EventProducer producer, EventType<M> type, M payload) {
        producer.send(new Event<>(UUID.randomUUID().toString(), "/catwalk/evaluation", type, Instant.now(), payload));
    }

    /** @return its digest */
    private String store(byte[] blob) {
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
            Path folder = Files.createDirectories(bucket.resolve("blobs/sha256"));
            Files.write(folder.resolve(digest), blob);
            return "sha256:" + digest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
