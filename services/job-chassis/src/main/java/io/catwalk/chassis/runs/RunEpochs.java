package io.catwalk.chassis.runs;

import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.events.EventType;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.JobFold;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.TrainingRequested;

/** The epochs of a run as its journal records them, behind those of the run that it resumes. */
public final class RunEpochs {
    private RunEpochs() {}

    /**
     * @param history of the run's journal
     * @param histories of other runs' journals, empty for an unknown run; may throw the store's exceptions
     * @throws UnknownEntryException when a later release wrote one of them
     */
    public static List<EpochCompleted> of(List<Numbered> history, Function<Name, List<Numbered>> histories) {
        LinkedList<EpochCompleted> epochs = new LinkedList<>(recorded(history));
        Set<String> seen = new HashSet<>();
        Optional<String> before = resumed(history);
        while (before.filter(seen::add).isPresent()) {
            List<Numbered> earlier = histories.apply(new Name(before.get()));
            epochs.addAll(0, recorded(earlier));
            before = resumed(earlier);
        }
        return List.copyOf(epochs);
    }

    /** The request as the run received it; empty for an unknown run, or one that was cancelled before its request. */
    public static Optional<TrainingRequested> request(List<Numbered> history) {
        return history.isEmpty()
                ? Optional.empty()
                : JournalJson.record(history.getLast().entry().fold(), JobFold.class)
                        .request()
                        .map(body -> JournalEvents.read(EventType.TRAINING_REQUESTED, body, "a run's request"));
    }

    private static Optional<String> resumed(List<Numbered> history) {
        return request(history).map(TrainingRequested::getResumeFrom).filter(run -> !run.isEmpty());
    }

    private static List<EpochCompleted> recorded(List<Numbered> history) {
        return history.stream()
                .flatMap(entry -> entry.entry().event().stream())
                .filter(event -> event.type().equals(EventType.EPOCH_COMPLETED.topic()))
                .map(event -> JournalEvents.read(EventType.EPOCH_COMPLETED, event.body(), "a run's epoch"))
                .toList();
    }
}
