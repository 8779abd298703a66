package io.catwalk.journal.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.catwalk.journal.Append;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectStore;

/** One decision journal, and what this process has read of it. Entries never change, so what was read once stays read. */
public final class DecisionJournal {
    private final Journal journal;
    private final Retry retry;
    private final List<DecisionEntry> known = new ArrayList<>();

    public DecisionJournal(ObjectStore store, Folder folder, String writer, Retry retry) {
        this.journal = new Journal(store, folder, writer, retry);
        this.retry = retry;
    }

    /** All entries, in order. */
    public synchronized List<DecisionEntry> entries() {
        for (Numbered entry : journal.after(known.size())) {
            known.add(DecisionEntry.of(entry));
        }
        return List.copyOf(known);
    }

    public Optional<DecisionEntry> newest() {
        List<DecisionEntry> entries = entries();
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    /** As {@link #put(String, Optional, Decider)}, for a cause that is a job: its journal says who asked. */
    public DecisionEntry put(String cause, Decider decider) throws InterruptedException {
        return put(cause, Optional.empty(), decider);
    }

    /**
     * Puts a cause's one entry into the journal, or finds it there. The caller publishes it either way.
     *
     * @param cause names what is decided, over all its redeliveries and takeovers
     * @param asker who asked for it; the first stays, where it is asked for again
     */
    public synchronized DecisionEntry put(String cause, Optional<Asker> asker, Decider decider)
            throws InterruptedException {
        while (true) {
            List<DecisionEntry> soFar = retry.untilAnswered(this::entries);
            Optional<DecisionEntry> standing =
                    soFar.stream().filter(entry -> entry.cause().equals(cause)).findFirst();
            if (standing.isPresent()) {
                return standing.get();
            }
            if (journal.append(soFar.size(), draft(cause, asker, soFar, decider))
                    instanceof Append.Done(Numbered entry)) {
                known.add(DecisionEntry.of(entry));
                return known.getLast();
            }
        }
    }

    private static Draft draft(String cause, Optional<Asker> asker, List<DecisionEntry> soFar, Decider decider) {
        Decider.Decision decision = decider.decide(soFar, soFar.size() + 1L);
        DecisionEntry.Fold fold =
                new DecisionEntry.Fold(cause, soFar.size(), JournalJson.tree(decision.decision()), asker);
        return new Draft(EntryKind.DECIDED, 0, decision.event(), JournalJson.tree(fold));
    }
}
