package io.catwalk.ingestion.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** {@code catwalk_dataset_images{dataset,split}}: how many images each dataset has, as of its newest decision. */
public final class DatasetMetrics {
    private final MeterRegistry registry;
    private final Map<Tags, AtomicInteger> images = new ConcurrentHashMap<>();

    public DatasetMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param event what a decision journal's entry is published as; a rejection leaves the dataset as it was */
    public void show(Event event) {
        if (event.type().equals(EventType.DATASET_READY.topic())) {
            show(EventJson.fromJson(EventType.DATASET_READY, event.body()));
        }
    }

    private void show(DatasetReady ready) {
        show(ready.getDataset(), "train", ready.getTrainCount());
        show(ready.getDataset(), "validation", ready.getValidationCount());
        show(ready.getDataset(), "test", ready.getTestCount());
    }

    private void show(String dataset, String split, int count) {
        images.computeIfAbsent(
                        Tags.of("dataset", dataset, "split", split),
                        tags -> registry.gauge("catwalk.dataset.images", tags, new AtomicInteger()))
                .set(count);
    }
}
