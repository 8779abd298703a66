package io.catwalk.journal.job;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The holder's side of one job: the only writer of its work's entries, until an entry of another's says otherwise. */
final class ClaimedJob implements Lease {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimedJob.class);

    private final Jobs jobs;
    private final Journal journal;
    private final Name id;
    private final long claimed;
    private final Outbox outbox;
    private final Retry retry;
    private final Optional<Instant> deadline;
    private volatile Job job;
    private final AtomicReference<@Nullable Cause> ended = new AtomicReference<>();
    private volatile boolean releasing;
    private volatile boolean publishing;
    private volatile Work work;

    /**
     * @param job as of the holder's own {@code claimed} entry
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
        this.job = job;
        this.work = new Work(0, NullNode.getInstance(), nanoTime);
        if (job.fold().cancelled().isPresent()) {
            end(Cause.CANCELLED);
        }
    }

    @Override
    public Name id() {
        return id;
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public Retry retry() {
        return retry;
    }

    @Override
    public void record(Object state, Optional<Event> event) throws LeaseEndedException, InterruptedException {
        JsonNode tree = JournalJson.tree(state);
        obey();
        append(EntryKind.PROGRESS, fold -> fold.progressed(tree), event, EnumSet.allOf(Cause.class));
        obey();
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
        work = new Work(work.steps() + 1, progress, System.nanoTime());
    }

    @Override
    public void check() throws LeaseEndedException {
        obey();
        if (releasing) {
            throw new LeaseEndedException(Cause.RELEASE);
        }
    }

    /** The work is to stop soon, and the job to be given back. */
    void release() {
        releasing = true;
    }

    Work work() {
        return work;
    }

    /** Whether it waits for an event of another journal to be acknowledged. */
    boolean publishing() {
        return publishing;
    }

    /** Shows that this holder lives, and looks whether the journal has gone on without it. */
    void beat(long beats) {
        jobs.beat(id, claimed, new Jobs.Heartbeat(beats, work.progress()));
        catchUp();
    }

    /**
     * Appends the job's result.
     *
     * @param ofCancelled whether the conclusion knows that the job is cancelled
     * @throws LeaseEndedException when the job turned out to be lost; or cancelled, and the conclusion doesn't know of it
     */
    void conclude(Conclusion conclusion, boolean ofCancelled) throws LeaseEndedException, InterruptedException {
        append(
                EntryKind.RESULT,
                fold -> fold.concluded(conclusion.result(), conclusion.state()),
                conclusion.event(),
                ofCancelled ? EnumSet.of(Cause.LOST) : EnumSet.of(Cause.LOST, Cause.CANCELLED));
    }

    /** @param failure why, unless the process stops or leaves it to another release */
    void giveBack(Optional<String> failure) throws InterruptedException {
        tryAppend(EntryKind.RELEASED, fold -> failure.map(fold::releasedAfter).orElseGet(fold::released));
    }

    /** Waits until all is told, and closes the journal, unless another has. */
    void close() throws InterruptedException {
        outbox.awaitPublished(job.newest().number());
        tryAppend(EntryKind.CLOSED, UnaryOperator.identity());
    }

    /** Tells nothing more. */
    void stopPublishing() {
        outbox.close();
    }

    private void tryAppend(EntryKind kind, UnaryOperator<JobFold> change) throws InterruptedException {
        try {
            append(kind, change, Optional.empty(), EnumSet.of(Cause.LOST));
        } catch (LeaseEndedException e) {
            LOG.debug("{} isn't appended: {}", kind, e.getMessage());
        }
    }

    /**
     * Appends at the journal's end what still holds there.
     *
     * @param obeyed causes that end the hold before this entry
     */
    private synchronized void append(
            EntryKind kind, UnaryOperator<JobFold> change, Optional<Event> event, Set<Cause> obeyed)
            throws LeaseEndedException, InterruptedException {
        while (true) {
            Cause why = ended.get();
            if (why != null && obeyed.contains(why)) {
                throw new LeaseEndedException(why);
            }
            Draft draft = new Draft(kind, outbox.published(), event, JournalJson.tree(change.apply(job.fold())));
            Optional<Numbered> own = tryToPlace(draft);
            if (own.isPresent()) {
                job = Job.of(id, own.get());
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
    private Optional<Numbered> tryToPlace(Draft draft) throws InterruptedException {
        try {
            return journal.append(job.newest().number(), draft) instanceof Append.Done(Numbered entry)
                    ? Optional.of(entry)
                    : Optional.empty();
        } catch (UnknownEntryException e) {
            return Optional.empty();
        }
    }

    /** One line for each thing decided, under the id of its event. */
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

    /**
     * Reads what others have appended: a cancel is obeyed; anything else, also what this release can't read, means that the
     * job is another's for good.
     */
    private synchronized void catchUp() {
        try {
            for (long next = job.newest().number() + 1; ended.get() != Cause.LOST; next++) {
                Optional<Numbered> entry = journal.read(next);
                if (entry.isEmpty()) {
                    return;
                }
                follow(entry.get());
            }
        } catch (UnknownEntryException e) {
            LOG.warn("{} is another's, by an entry that this release can't read: {}", id, e.getMessage());
            end(Cause.LOST);
        }
    }

    private void follow(Numbered entry) {
        if (entry.entry().kind() == EntryKind.CANCELLED) {
            job = Job.of(id, entry);
            outbox.add(entry);
            end(Cause.CANCELLED);
        } else {
            end(Cause.LOST);
        }
    }

    private void obey() throws LeaseEndedException {
        if (ended.get() == null && deadline.isPresent() && jobs.store().time().isAfter(deadline.get())) {
            end(Cause.DEADLINE_EXCEEDED);
        }
        Cause why = ended.get();
        if (why != null) {
            throw new LeaseEndedException(why);
        }
    }

    private void end(Cause cause) {
        ended.accumulateAndGet(cause, (known, other) -> known == null || other.compareTo(known) < 0 ? other : known);
    }

    /**
     * How far the work has got.
     *
     * @param nanoTime when it last got on
     */
    record Work(long steps, JsonNode progress, long nanoTime) {
        Duration idle(long now) {
            return Duration.ofNanos(now - nanoTime);
        }
    }
}
