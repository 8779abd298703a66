package io.catwalk.training.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.catwalk.dataset.Dataset;
import io.catwalk.dataset.SampleSheet;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.Journal;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.Lease;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.training.tensorboard.EpochEvents;
import io.catwalk.training.tensorboard.EventFiles;
import io.catwalk.training.tensorboard.OpeningEvents;
import io.catwalk.training.tensorboard.WeightHistogram;
import io.catwalk.training.v1.EpochCompleted;
import org.tensorflow.proto.GraphDef;

/**
 * The event files of a run that is leased. An epoch's file says what the epoch's entry says, at that entry's time, whichever trainer writes
 * it. Every method may throw the store's exceptions.
 */
final class RunEventFiles {
    private static final int OPENING = 0;

    private final Lease lease;
    private final Dataset dataset;
    private final EventFiles files;
    private final Journal journal;

    RunEventFiles(ObjectStore store, Lease lease, Dataset dataset) {
        this.lease = lease;
        this.dataset = dataset;
        this.files = new EventFiles(store, lease.id());
        this.journal = new Journal(store, Artifacts.journal(JobKind.RUN, lease.id()), "", lease.retry());
    }

    /** Writes what is shown once, unless that was done. */
    void open(GraphDef graph) {
        if (!files.has(OPENING)) {
            Instant accepted = journal.read(1).orElseThrow().appended();
            files.create(OPENING, OpeningEvents.file(accepted, graph, SampleSheet.of(dataset)));
        }
    }

    /** Writes the file of an epoch that was just recorded. */
    void write(Event published, List<WeightHistogram> weights) {
        EpochCompleted epoch = figures(published);
        files.create(epoch.getEpoch(), EpochEvents.file(published.time(), epoch, weights));
    }

    /** Writes the file of an epoch that is recorded, unless that was done: the trainer that recorded it may have stopped before. */
    void mend(int epoch, List<WeightHistogram> weights) {
        if (!files.has(epoch)) {
            recorded(epoch).ifPresent(published -> write(published, weights));
        }
    }

    /** Searches back from the newest entry: mostly the last epochs are requested. */
    private Optional<Event> recorded(int epoch) {
        for (long number = lease.job().newest().number(); number > 0; number--) {
            Optional<Event> published = journal.read(number)
                    .map(Numbered::entry)
                    .flatMap(entry -> entry.event())
                    .filter(event -> event.type().equals(EventType.EPOCH_COMPLETED.topic()))
                    .filter(event -> figures(event).getEpoch() == epoch);
            if (published.isPresent()) {
                return published;
            }
        }
        return Optional.empty();
    }

    private static EpochCompleted figures(Event published) {
        return EventJson.fromJson(EventType.EPOCH_COMPLETED, published.body());
    }
}
