package io.catwalk.benchmark.growth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

import com.google.protobuf.Message;
import io.catwalk.benchmark.models.PublishedModels;
import io.catwalk.client.EventProducer;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.training.v1.EpochCompleted;

/**
 * Models with many versions, each of which was under stable once, and many epochs: manifests and labels' journals in the local
 * store's folder, events on the broker, as evaluation and training leave them.
 */
final class WrittenRegistry {
    private static final int EPOCHS_OF_A_RUN = 10;
    private static final String MANIFEST = """
            {"schema":1,"model":"%1$s","version":%2$d,"runId":"%1$s-%2$d","dataset":"fashion-mnist","digests":{"data":"%3$s",\
            "request":"%3$s","weights":"%3$s","model":"%3$s","onnx":"%3$s","report":"%3$s","page":"%3$s"},"network":"tutorial-cnn",\
            "parameters":356234,"imageShape":[28,28,1],"labelNames":["a","b","c","d","e","f","g","h","i","j"],\
            "validation":{"count":5000,"loss":0.27,"accuracy":0.91},"test":{"count":10000,"loss":0.28,"accuracy":0.91}}""";
    private static final String ENTRY = """
            {"schema":2,"kind":"decided","writer":"evaluation/bench","nonce":"%1$s-%2$d","published":0,"event":{"type":"model-promoted",\
            "time":"2026-11-29T08:00:00Z","body":{"model":"%1$s","label":"stable","version":"%2$d","previousVersion":"%4$d",\
            "modelDigest":"%3$s","cause":"evaluations/%1$s-%2$d","entry":"%2$d"}},"fold":{"cause":"evaluations/%1$s-%2$d",\
            "against":%4$d,"decision":{"outcome":"promoted","label":{"version":%2$d,"modelDigest":"%3$s"},\
            "candidate":{"version":%2$d,"modelDigest":"%3$s"},"reason":""}}}""";

    private final Path bucket;
    private final PublishedModels models;
    private final EventProducer producer;

    /** @param bucket the folder of the bucket */
    WrittenRegistry(Path bucket, String bootstrapServers, EventProducer producer) {
        this.bucket = bucket;
        this.models = new PublishedModels(bucket, bootstrapServers);
        this.producer = producer;
    }

    /** Writes what one size has more than the one before. */
    void grow(GrowthSizes from, GrowthSizes to) {
        for (int number = from.models(); number < to.models(); number++) {
            writeModel(PublishedModels.name(number), models.store(number), to.versionsOfEach());
        }
        producer.sendAll(IntStream.range(from.events(), to.events())
                .<Event<?>>mapToObj(WrittenRegistry::epoch)
                .iterator());
    }

    private void writeModel(String model, String digest, int versions) {
        List<Event<?>> events = new ArrayList<>();
        for (int version = 1; version <= versions; version++) {
            write("models/%s/versions/%d.json".formatted(model, version), MANIFEST, model, version, digest);
            write("models/%s/labels/stable/journal/%08d.json".formatted(model, version), ENTRY, model, version, digest);
            events.add(event(EventType.MODEL_PUBLISHED, published(model, version, digest)));
            events.add(event(EventType.MODEL_PROMOTED, promoted(model, version, digest)));
        }
        producer.sendAll(events.iterator());
    }

    private void write(String key, String content, String model, int version, String digest) {
        try {
            Path file = bucket.resolve(key);
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.format(Locale.ROOT, content, model, version, digest, version - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelPublished published(String model, int version, String digest) {
        return PublishedModels.published(model, version, digest).toBuilder()
                .setRunId(model + "-" + version)
                .build();
    }

    private static ModelPromoted promoted(String model, int version, String digest) {
        return PublishedModels.promoted(model, version, digest).toBuilder()
                .setPreviousVersion(version - 1L)
                .setCause("evaluations/" + model + "-" + version)
                .build();
    }

    private static Event<EpochCompleted> epoch(int number) {
        return event(
                EventType.EPOCH_COMPLETED,
                EpochCompleted.newBuilder()
                        .setRunId("run-" + number / EPOCHS_OF_A_RUN)
                        .setModel("fashion")
                        .setEpoch(number % EPOCHS_OF_A_RUN + 1)
                        .build());
    }

    private static <M extends Message> Event<M> event(EventType<M> type, M payload) {
        return new Event<>(UUID.randomUUID().toString(), "/catwalk/benchmark", type, Instant.now(), payload);
    }
}
