package io.catwalk.journal.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.catwalk.journal.Append;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Event;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.LeaseEndedException.Cause;
import io.catwalk.objectstore.Name;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The lease holder's side of one job: it appends the entries of its work until another writer's entry says otherwise. One
 * lock guards the journal's end; what is known of the lease changes by the transitions of {@link LeaseState}.
 */
final class ClaimedJob implements Lease {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimedJob.class);

    private final Jobs jobs;
    private final Journal journal;
    private final Name id;
    private final long claimed;
    private final Outbox outbox;
    private final Retry retry;
    private final Optional<Instant> deadline;
    private final AtomicReference<LeaseState> state;
    private volatile Work work;
    private volatile boolean publishing;

    /**
     * @param job as of the lease holder's own {@code claimed} entry
     * @param deadline on the store's clock
     */
    ClaimedJob(Jobs jobs, Job job, Outbox outbox, Retry retry, Optional<Instant> deadline, long nanoTime) {
        this.jobs = jobs;
        this.journal = jobs.journal(job.id());
        this.id = job.id();
        this.claimed = job.newest().number();
        this.outbox = outbox;
        this.retry = retry;
        this.deadline = deadline;
        this.state = new AtomicReference<>(LeaseState.claimed(job));
        this.work = new Work(NullNode.getInstance(), nanoTime);
    }

    @Override
    public Name id() {
        return id;
    }

    @Override
    public Job job() {
        return state.get().job();
    }

    @Override
    public Retry retry() {
        return retry;
    }

    @Override
    public void record(Object state, Optional<Event> event) throws LeaseEndedException, InterruptedException {
        JsonNode tree = JournalJson.tree(state);
        obey(Cause.DEADLINE_EXCEEDED);
        append(EntryKind.PROGRESS, fold -> fold.progressed(tree), event, Cause.DEADLINE_EXCEEDED);
        obey(Cause.DEADLINE_EXCEEDED);
    }

    @Override
    public void publish(String eventId, Event event) throws InterruptedException {
        publishing = true;
        try {
            outbox.publishNow(eventId, event);
        } finally {
            advanced(work.progress());
            publishing = false;
        }
    }

    @Override
    public void advanced(JsonNode progress) {
        work = new Work(progress, System.nanoTime());
    }

    @Override
    public void check() throws LeaseEndedException {
        obey(Cause.RELEASE);
    }

    /** Asks the work to stop soon, and the job to be given back. */
    void release() {
        state.updateAndGet(LeaseState::releaseAsked);
    }

    Work work() {
        return work;
    }

    /** Whether it waits for an event of another journal to be acknowledged. */
    boolean publishing() {
        return publishing;
    }

    /** Writes a heartbeat, and reads what other writers have appended. */
    void heartbeat(long count) {
        jobs.writeHeartbeat(id, claimed, new Jobs.Heartbeat(count, work.progress()));
        catchUp();
    }

    /**
     * Appends the job's result.
     *
     * @param ofCancelled whether the conclusion knows that the job is cancelled
     * @throws LeaseEndedException when the lease turned out to be lost; or the job cancelled, and the conclusion doesn't know it
     */
    void conclude(Conclusion conclusion, boolean ofCancelled) throws LeaseEndedException, InterruptedException {
        append(
                EntryKind.RESULT,
                fold -> fold.concluded(conclusion.result(), conclusion.state()),
                conclusion.event(),
                LeaseState.lastBeforeConclusion(ofCancelled));
    }

    /** @param failure why, unless the process stops or leaves it to another release */
    void giveBack(Optional<String> failure) throws InterruptedException {
        tryAppend(EntryKind.RELEASED, fold -> failure.map(fold::releasedAfter).orElseGet(fold::released));
    }

    /** Waits until all is published, and closes the journal, unless another replica has. */
    void close() throws InterruptedException {
        outbox.awaitPublished();
        tryAppend(EntryKind.CLOSED, UnaryOperator.identity());
    }

    /** Publishes nothing more. */
    void stopPublishing() {
        outbox.close();
    }

    private void tryAppend(EntryKind kind, UnaryOperator<JobFold> change) throws InterruptedException {
        try {
            append(kind, change, Optional.empty(), Cause.LOST);
        } catch (LeaseEndedException e) {
            LOG.debug("{} isn't appended: {}", kind, e.getMessage());
        }
    }

    /**
     * Appends at the journal's end, over the cancels that it doesn't obey.
     *
     * @param last cause that forbids the entry, as those before it in their order do
     */
    private synchronized void append(EntryKind kind, UnaryOperator<JobFold> change, Optional<Event> event, Cause last)
            throws LeaseEndedException, InterruptedException {
        while (true) {
            LeaseState known = state.get();
            known.require(last);
            JobFold fold = change.apply(known.job().fold());
            Draft draft = new Draft(kind, outbox.published(), event, JournalJson.tree(fold));
            Optional<Numbered> own = tryToPlace(known.job().newest().number(), draft);
            if (own.isPresent()) {
                state.updateAndGet(now -> now.appended(own.get()));
                outbox.add(own.get());
                log(own.get());
                return;
            }
            retry.untilAnswered(() -> {
                catchUp();
                return id;
            });
        }
    }

    /** The entry, unless another's stands in its place. */
    private Optional<Numbered> tryToPlace(long after, Draft draft) throws InterruptedException {
        try {
            return journal.append(after, draft) instanceof Append.Done(Numbered entry)
                    ? Optional.of(entry)
                    : Optional.empty();
        } catch (UnknownEntryException e) {
            return Optional.empty();
        }
    }

    /** Logs each entry in one line, under the id of its event. */
    void log(Numbered entry) {
        MDC.put("event", entry.eventId());
        try {
            String event = entry.entry()
                    .event()
                    .map(published -> ": " + published.type())
                    .orElse("");
            LOG.info("{}{}", entry.entry().kind().name().toLowerCase(Locale.ROOT), event);
        } finally {
            MDC.remove("event");
        }
    }

    private synchronized void catchUp() {
        try {
            while (!state.get().isLost()) {
                Optional<Numbered> entry = journal.read(job().newest().number() + 1);
                if (entry.isEmpty()) {
                    return;
                }
                if (!state.updateAndGet(known -> known.read(entry.get())).isLost()) {
                    outbox.add(entry.get());
                }
            }
        } catch (UnknownEntryException e) {
            LOG.warn("the lease of {} is lost to an entry that this release can't read: {}", id, e.getMessage());
            state.updateAndGet(LeaseState::readUnknown);
        }
    }

    private void obey(Cause last) throws LeaseEndedException {
        if (deadline.isPresent() && jobs.store().time().isAfter(deadline.get())) {
            state.updateAndGet(LeaseState::deadlinePassed);
        }
        state.get().require(last);
    }

    /**
     * The work's progress.
     *
     * @param nanoTime when it last made progress
     */
    record Work(JsonNode progress, long nanoTime) {
        Duration idle(long now) {
            return Duration.ofNanos(now - nanoTime);
        }
    }
}
