package io.catwalk.journal.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.Name;

/** A job as of its newest entry. */
public record Job(Name id, Numbered newest, JobFold fold) {
    /** The longest request, in characters of JSON, that is shown where many jobs are. */
    public static final int MAX_BRIEF_REQUEST = 4096;

    static Job of(Name id, Numbered newest) {
        return new Job(id, newest, JournalJson.record(newest.entry().fold(), JobFold.class));
    }

    /** Whether a request is short enough to be shown where many jobs are. */
    public static boolean isBrief(JsonNode request) {
        return request.toString().length() <= MAX_BRIEF_REQUEST;
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
