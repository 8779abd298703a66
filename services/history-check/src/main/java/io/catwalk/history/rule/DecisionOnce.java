package io.catwalk.history.rule;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.history.snapshot.DecisionSnapshot;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;

/**
 * In a decision journal each cause has one entry, decided against the entry before it, and the event that it is published as
 * names it. A cause that is a job has a journal.
 */
public final class DecisionOnce implements Rule<DecisionSnapshot> {
    private static final String NEXT = "restore the journal from the bucket's backup, and find out who wrote the entry";

    @Override
    public String name() {
        return "decision-once";
    }

    @Override
    public void check(DecisionSnapshot decisions, Finder finder) {
        Map<String, Long> causes = new HashMap<>();
        for (Numbered entry : decisions.journal().entries()) {
            String key = decisions.journal().key(entry.number());
            String cause = DecisionSnapshot.cause(entry);
            if (entry.entry().kind() != EntryKind.DECIDED || cause.isEmpty()) {
                finder.find(key, "a decision with its cause", entry.entry().kind() + " of " + cause, NEXT);
            }
            Long standing = causes.putIfAbsent(cause, entry.number());
            if (standing != null) {
                finder.find(key, "one entry of " + cause + ", which is entry " + standing, "another", NEXT);
            }
            long against = entry.entry().fold().path("against").asLong();
            if (against != entry.number() - 1) {
                finder.find(key, "decided against entry " + (entry.number() - 1), "against entry " + against, NEXT);
            }
            entry.entry().event().ifPresent(event -> names(entry, event, key, finder));
            DecisionSnapshot.causingJob(entry)
                    .filter(job -> decisions.jobs().apply(job).isEmpty())
                    .ifPresent(job -> finder.find(
                            key,
                            "a cause with a journal that can be read",
                            cause,
                            "restore the journal of " + job + " from the bucket's backup"));
        }
    }

    private static void names(Numbered entry, Event event, String key, Finder finder) {
        JsonNode number = event.body().path("entry");
        if (!number.isMissingNode() && number.asLong() != entry.number()) {
            finder.find(key, "an event that names entry " + entry.number(), "one that names " + number.asText(), NEXT);
        }
    }
}
