package io.catwalk.journal.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;

/** Journals as a release without an index left them: entries alone. */
public final class WrittenJobs {
    private static final Retry RETRY = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));

    private final ObjectStore store;
    private final JobKind kind;

    public WrittenJobs(ObjectStore store, JobKind kind) {
        this.store = store;
        this.kind = kind;
    }

    /** A job that was accepted and closed, with entries between. */
    public Name closed(String id, int entries) throws InterruptedException {
        return closed(id, entries, "{\"dataset\": \"bars\"}", "null");
    }

    /**
     * @param request as JSON
     * @param state the kind's own record, as JSON
     */
    public Name closed(String id, int entries, String request, String state) throws InterruptedException {
        Name name = open(id, request);
        Journal journal = journal(name);
        for (int number = 1; number < entries - 1; number++) {
            append(journal, number, EntryKind.PROGRESS, fold(request, "null", state));
        }
        String result = "{\"outcome\": \"succeeded\", \"reason\": \"\"}";
        append(journal, entries - 1, EntryKind.CLOSED, fold(request, result, state));
        return name;
    }

    /** A job that was accepted. */
    public Name open(String id, String request) throws InterruptedException {
        Name name = new Name(id);
        append(journal(name), 0, EntryKind.ACCEPTED, fold(request, "null", "null"));
        return name;
    }

    /** A journal whose entry has this content, which may be unreadable. */
    public Name damaged(String id, int number, String content) {
        Name name = new Name(id);
        store.put(Artifacts.journal(kind, name).key("%08d.json".formatted(number)), content.getBytes(UTF_8));
        return name;
    }

    /** As a job has that isn't closed. */
    public void mark(Name id) {
        store.put(Artifacts.open(kind).key(id.value()), new byte[0]);
    }

    private Journal journal(Name id) {
        return new Journal(store, Artifacts.journal(kind, id), "older", RETRY);
    }

    private static void append(Journal journal, long after, EntryKind entry, JsonNode fold)
            throws InterruptedException {
        journal.append(after, new Draft(entry, after, Optional.empty(), fold));
    }

    private static JsonNode fold(String request, String result, String state) {
        return JournalJson.parse("""
                {"request": %s, "requestDigest": "", "attempts": 1, "lost": 0, "result": %s, "state": %s}""".formatted(request, result, state));
    }
}
