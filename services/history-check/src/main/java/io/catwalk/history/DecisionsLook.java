package io.catwalk.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

import io.catwalk.history.content.NamedContent;
import io.catwalk.history.snapshot.DecisionSnapshot;
import io.catwalk.history.snapshot.JobStand;
import io.catwalk.history.snapshot.JournalSnapshot;
import io.catwalk.history.snapshot.LabelSnapshot;
import io.catwalk.history.snapshot.ModelSnapshot;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Name;

/** Looks at the decision journals of datasets and labels, and at the versions of models. */
final class DecisionsLook {
    private final LookContext context;
    private final EventsLook events;
    private final NamedContent named;
    private final Map<String, List<TopicRecord>> records;

    /** @param records of these journals' events, by the journals */
    DecisionsLook(LookContext context, EventsLook events, NamedContent named, Map<String, List<TopicRecord>> records) {
        this.context = context;
        this.events = events;
        this.named = named;
        this.records = new ConcurrentHashMap<>(records);
    }

    void check() throws InterruptedException {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Name dataset : context.bucket().datasets()) {
            tasks.add(() -> {
                checkDataset(dataset);
                return null;
            });
        }
        for (Name model : context.bucket().models()) {
            tasks.add(() -> {
                checkModel(model);
                return null;
            });
        }
        context.readers().runAll(tasks);
        records.forEach(events::checkWithoutJournal);
    }

    private void checkDataset(Name dataset) throws InterruptedException {
        String unit = "datasets/" + dataset;
        if (context.units().test(unit)) {
            check(unit, context.bucket().journal(Artifacts.datasetJournal(dataset)));
        }
    }

    private void checkModel(Name model) throws InterruptedException {
        String unit = "models/" + model;
        if (context.units().test(unit)) {
            ModelSnapshot snapshot = context.bucket().model(model, context.stands()::of);
            context.apply(context.rules().models(), unit, snapshot);
            named.add(snapshot);
        }
        for (Name label : context.bucket().labels(model)) {
            if (context.units().test(unit + "/labels/" + label)) {
                checkLabel(model, label);
            }
        }
    }

    private void checkLabel(Name model, Name label) throws InterruptedException {
        JournalSnapshot journal = context.bucket().journal(Artifacts.labelJournal(model, label));
        // A version is stored before an entry names it, so the versions are read after the entries.
        ModelSnapshot versions = context.bucket().model(model, context.stands()::of);
        LabelSnapshot line = new LabelSnapshot(label, journal, versions, context.bucket()::claim);
        check(line.unit(), journal);
        context.apply(context.rules().labels(), line.unit(), line);
    }

    private void check(String unit, JournalSnapshot journal) throws InterruptedException {
        context.apply(context.rules().journals(), unit, journal);
        context.apply(context.rules().decisions(), unit, new DecisionSnapshot(unit, journal, context.stands()::of));
        List<TopicRecord> own = Optional.ofNullable(records.remove(unit)).orElse(List.of());
        events.check(unit, journal, this::isDue, own);
        named.add(unit, journal);
    }

    /** Whoever caused a decision publishes it before it ends; a promotion before its record is acknowledged. */
    private boolean isDue(Numbered decision) {
        return DecisionSnapshot.causingJob(decision)
                .map(job -> context.stands().of(job).filter(JobStand::closed).isPresent())
                .orElse(true);
    }
}
