package io.catwalk.chassis.jobs;

import java.util.function.Supplier;

import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.objectstore.Name;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;

/** What can't be done with a job as it stands in the bucket, answered as a 409 with the reason. */
public final class JobConflicts {
    private JobConflicts() {}

    /**
     * Checks that a job may be cancelled.
     *
     * @param kind for people, as {@code run}
     * @throws ClientErrorException when it is over, or can't be read: a cancel would have no effect
     */
    public static void requireOpen(String kind, Listed job) {
        if (job.life() == JobLife.UNREADABLE) {
            throw unreadable(kind, job.id(), job.reason());
        }
        if (job.life().isOver()) {
            throw new ClientErrorException("%s %s has ended".formatted(kind, job.id()), Status.CONFLICT);
        }
    }

    /**
     * What is read from a job's journal.
     *
     * @param kind for people, as {@code run}
     * @throws ClientErrorException when it is damaged, of a later release, or too large
     */
    public static <T> T read(String kind, Name job, Supplier<T> source) {
        return Reading.of(source).orElse(reason -> {
            throw unreadable(kind, job, reason);
        });
    }

    private static ClientErrorException unreadable(String kind, Name job, String reason) {
        return new ClientErrorException("%s %s can't be read: %s".formatted(kind, job, reason), Status.CONFLICT);
    }
}
