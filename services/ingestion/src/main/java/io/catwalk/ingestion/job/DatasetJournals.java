package io.catwalk.ingestion.job;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.events.PublishedJournals;
import io.catwalk.chassis.events.Republisher;
import io.catwalk.chassis.events.Republisher.JournalEvent;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The datasets' decision journals. */
@Singleton
class DatasetJournals implements PublishedJournals {
    private final DatasetStore datasets;

    @Inject
    DatasetJournals(DatasetStore datasets) {
        this.datasets = datasets;
    }

    @Override
    public void republish(Republisher republisher) throws InterruptedException {
        for (Name dataset : datasets.names()) {
            republisher.publish(
                    "datasets/" + dataset,
                    () -> datasets.journal(dataset).entries().stream().flatMap(JournalEvent::of));
        }
    }
}
