package io.catwalk.journal.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Append;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.supervision.Supervisor;

/**
 * Claims jobs for this process. A claim that the store leaves undecided is given up after a few attempts: if its entry stands
 * later, the process finds that the lease is its own and claims the job again.
 */
final class Claim {
    private static final int ATTEMPTS = 3;

    private final Jobs jobs;
    private final EventSink sink;
    private final Retry retry;
    private final Supervisor supervisor;
    private final LongSupplier nanoTime;

    /** @param retry of the lease holder, once the job is claimed */
    Claim(Jobs jobs, EventSink sink, Retry retry, Supervisor supervisor, LongSupplier nanoTime) {
        this.jobs = jobs;
        this.sink = sink;
        this.retry = retry;
        this.supervisor = supervisor;
        this.nanoTime = nanoTime;
    }

    /** Whether a job's lease is a claim of this process: no other replica would continue it sooner. */
    boolean isOwn(Job job) {
        return job.fold()
                .holder()
                .filter(holder -> holder.writer().equals(jobs.writer()))
                .isPresent();
    }

    /**
     * Appends a {@code claimed} entry.
     *
     * @return none when another's entry came first
     * @throws UnknownEntryException when this release can't read what was decided before, or can't publish it
     */
    Optional<ClaimedJob> make(Job job, Terms terms) throws InterruptedException {
        Journal journal = jobs.journal(job.id(), retry.atMost(ATTEMPTS));
        long number = job.newest().number() + 1;
        long published = job.newest().entry().published();
        List<Numbered> unpublished = retry.atMost(ATTEMPTS).untilAnswered(() -> journal.after(published)).stream()
                .filter(entry -> entry.number() < number)
                .toList();
        unpublished.forEach(this::requireKnown);
        JobFold fold =
                job.fold().claimed(new JobFold.LeaseHolder(number, jobs.writer()), terms.forWork(), terms.state());
        Draft draft = new Draft(EntryKind.CLAIMED, published, terms.event(), JournalJson.tree(fold));
        if (!(journal.append(number - 1, draft) instanceof Append.Done(Numbered entry))) {
            return Optional.empty();
        }
        Outbox outbox = new Outbox(sink, retry, supervisor, published, "publish-" + job.id());
        unpublished.forEach(outbox::add);
        outbox.add(entry);
        return Optional.of(
                new ClaimedJob(jobs, Job.of(job.id(), entry), outbox, retry, terms.deadline(), nanoTime.getAsLong()));
    }

    private void requireKnown(Numbered entry) {
        Optional<Event> event = entry.entry().event();
        if (event.isPresent() && !sink.knows(event.get())) {
            throw new UnknownEntryException(entry.eventId() + " is to be published as "
                    + event.get().type() + ", which this release doesn't know");
        }
    }

    /**
     * What a job is claimed for.
     *
     * @param state the kind's own record, which the entry pins
     * @param event what the entry is published as
     * @param deadline of the work, on the store's clock
     */
    record Terms(boolean forWork, JsonNode state, Optional<Event> event, Optional<Instant> deadline) {
        /** To end it or to publish its events. */
        static Terms withoutWork(Job job) {
            return new Terms(false, job.fold().state(), Optional.empty(), Optional.empty());
        }
    }
}
