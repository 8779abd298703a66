package io.catwalk.training.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Event;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobFold;
import io.catwalk.journal.job.JobResult;
import io.catwalk.objectstore.Name;
import io.catwalk.training.run.RunState;

/**
 * A line of what happened to a run: an entry of its journal, or all progress that one trainer made without a break.
 *
 * @param first the number of the entry, or of the first of them, from 1
 * @param last the number of the last of them
 * @param kind what they say
 * @param from when the first was appended, on the store's clock
 * @param to when the last was appended
 * @param writer the process that appended them
 * @param epoch the last one that is recorded after them; 0 before the first
 * @param event the topic of what the last is published as
 * @param note why it was cancelled, given back or ended so; empty where there is nothing to say
 */
record JournalLine(
        long first,
        long last,
        EntryKind kind,
        Instant from,
        Instant to,
        String writer,
        int epoch,
        Optional<String> event,
        String note) {
    static List<JournalLine> of(Name run, List<Numbered> history) {
        List<JournalLine> lines = new ArrayList<>();
        for (Numbered entry : history) {
            JournalLine line = of(run, entry);
            if (!lines.isEmpty() && line.continues(lines.getLast())) {
                lines.add(lines.removeLast().to(line));
            } else {
                lines.add(line);
            }
        }
        return lines;
    }

    private boolean continues(JournalLine before) {
        return kind == EntryKind.PROGRESS && before.kind == kind && before.writer.equals(writer);
    }

    private JournalLine to(JournalLine end) {
        return new JournalLine(
                first, end.last, kind, from, end.to, writer, end.epoch, end.event.or(() -> event), end.note);
    }

    private static JournalLine of(Name run, Numbered numbered) {
        JobFold fold = JournalJson.record(numbered.entry().fold(), JobFold.class);
        return new JournalLine(
                numbered.number(),
                numbered.number(),
                numbered.entry().kind(),
                numbered.appended(),
                numbered.appended(),
                numbered.entry().writer(),
                RunState.of(new Job(run, numbered, fold)).map(RunState::epochs).orElse(0),
                numbered.entry().event().map(Event::type),
                note(numbered.entry().kind(), fold));
    }

    private static String note(EntryKind kind, JobFold fold) {
        return switch (kind) {
            case CANCELLED -> fold.cancelled().orElse("");
            case RELEASED -> fold.failures().map(JobFold.Failures::reason).orElse("");
            case RESULT -> fold.result().map(JobResult::reason).orElse("");
            case ACCEPTED, CLAIMED, PROGRESS, CLOSED, DECIDED -> "";
        };
    }
}
