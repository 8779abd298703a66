package io.catwalk.journal.job;

import io.catwalk.journal.EntryKind;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.Name;

/** A job as its newest entry tells it. */
public record Job(Name id, Numbered newest, JobFold fold) {
    static Job of(Name id, Numbered newest) {
        return new Job(id, newest, JournalJson.record(newest.entry().fold(), JobFold.class));
    }

    public boolean closed() {
        return newest.entry().kind() == EntryKind.CLOSED;
    }

    /** Whether all that is known of it is a cancel that came before its request. */
    public boolean isOnlyCancelled() {
        return newest.entry().kind() == EntryKind.CANCELLED && fold.request().isEmpty();
    }

    /** The kind's own record. */
    public <T> T state(Class<T> type) {
        return JournalJson.record(fold.state(), type);
    }
}
