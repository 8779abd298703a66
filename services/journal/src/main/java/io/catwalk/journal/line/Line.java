package io.catwalk.journal.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.catwalk.journal.Append;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectStore;

/** One line, and what this process has read of it. Entries never change, so what was read once stays read. */
public final class Line {
    private final Journal journal;
    private final Retry retry;
    private final List<LineEntry> known = new ArrayList<>();

    public Line(ObjectStore store, Folder folder, String writer, Retry retry) {
        this.journal = new Journal(store, folder, writer, retry);
        this.retry = retry;
    }

    /** All entries, in order. */
    public synchronized List<LineEntry> entries() {
        for (Numbered entry : journal.after(known.size())) {
            known.add(LineEntry.of(entry));
        }
        return List.copyOf(known);
    }

    public Optional<LineEntry> newest() {
        List<LineEntry> entries = entries();
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    /**
     * Puts a cause's one entry into the line, or finds it there. The caller tells it either way.
     *
     * @param cause names what is decided, over all its redeliveries and takeovers
     */
    public synchronized LineEntry put(String cause, Judge judge) throws InterruptedException {
        while (true) {
            List<LineEntry> soFar = retry.untilAnswered(this::entries);
            Optional<LineEntry> standing =
                    soFar.stream().filter(entry -> entry.cause().equals(cause)).findFirst();
            if (standing.isPresent()) {
                return standing.get();
            }
            if (journal.append(soFar.size(), draft(cause, soFar, judge)) instanceof Append.Done(Numbered entry)) {
                known.add(LineEntry.of(entry));
                return known.getLast();
            }
        }
    }

    private static Draft draft(String cause, List<LineEntry> soFar, Judge judge) {
        Judge.Decision decision = judge.judge(soFar, soFar.size() + 1L);
        LineEntry.Fold fold = new LineEntry.Fold(cause, soFar.size(), JournalJson.tree(decision.decision()));
        return new Draft(EntryKind.DECIDED, 0, decision.event(), JournalJson.tree(fold));
    }
}
