package io.catwalk.journal.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
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
import io.catwalk.journal.job.HoldEndedException.Cause;
import io.catwalk.objectstore.Name;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The holder's side of one job: the only writer of its work's entries, until an entry of another's says otherwise. */
final class HeldJob implements Hold {
    private static final Logger LOG = LoggerFactory.getLogger(HeldJob.class);

    private final Jobs jobs;
    private final Journal journal;
    private final Name id;
    private final long taken;
    private final Outbox outbox;
    private final Retry retry;
    private final Optional<Instant> deadline;
    private volatile Job job;
    private volatile @Nullable Cause ended;
    private volatile boolean releasing;
    private volatile boolean telling;
    private volatile Work work;

    /**
     * @param job as of the holder's own {@code taken} entry
     * @param deadline on the store's clock
     */
    HeldJob(Jobs jobs, Job job, Outbox outbox, Retry retry, Optional<Instant> deadline, long nanoTime) {
        this.jobs = jobs;
        this.journal = jobs.journal(job.id());
        this.id = job.id();
        this.taken = job.newest().number();
        this.outbox = outbox;
        this.retry = retry;
        this.deadline = deadline;
        this.job = job;
        this.work = new Work(0, NullNode.getInstance(), nanoTime);
        if (job.fold().cancelled().isPresent()) {
            ended = Cause.CANCELLED;
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
    public void record(Object state, Optional<Event> event) throws HoldEndedException, InterruptedException {
        JsonNode tree = JournalJson.tree(state);
        obey();
        append(EntryKind.PROGRESS, fold -> fold.progressed(tree), event);
        obey();
    }

    @Override
    public void tell(String eventId, Event event) throws InterruptedException {
        telling = true;
        try {
            outbox.tellNow(eventId, event);
        } finally {
            advanced(work.progress());
            telling = false;
        }
    }

    @Override
    public void advanced(JsonNode progress) {
        work = new Work(work.steps() + 1, progress, System.nanoTime());
    }

    @Override
    public void check() throws HoldEndedException {
        obey();
        if (releasing) {
            throw new HoldEndedException(Cause.RELEASE);
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
    boolean telling() {
        return telling;
    }

    /** Shows that this holder lives, and looks whether the journal has gone on without it. */
    void beat(long beats) {
        jobs.beat(id, taken, new Jobs.Heartbeat(beats, work.progress()));
        catchUp();
    }

    /** The job's result; none when it turned out to be lost. */
    boolean conclude(Conclusion conclusion) throws InterruptedException {
        return tryAppend(
                EntryKind.RESULT, fold -> fold.concluded(conclusion.result(), conclusion.state()), conclusion.event());
    }

    boolean giveBack() throws InterruptedException {
        return tryAppend(EntryKind.RELEASED, JobFold::released, Optional.empty());
    }

    /** Waits until all is told, and closes the journal, unless another has. */
    void close() throws InterruptedException {
        outbox.awaitTold(job.newest().number());
        tryAppend(EntryKind.CLOSED, UnaryOperator.identity(), Optional.empty());
    }

    private boolean tryAppend(EntryKind kind, UnaryOperator<JobFold> change, Optional<Event> event)
            throws InterruptedException {
        try {
            append(kind, change, event);
            return true;
        } catch (HoldEndedException e) {
            return false;
        }
    }

    /** Appends at the journal's end what still holds there. */
    private synchronized void append(EntryKind kind, UnaryOperator<JobFold> change, Optional<Event> event)
            throws HoldEndedException, InterruptedException {
        while (true) {
            if (ended == Cause.LOST) {
                throw new HoldEndedException(Cause.LOST);
            }
            if (kind == EntryKind.PROGRESS && ended != null) {
                throw new HoldEndedException(ended);
            }
            Draft draft = new Draft(kind, outbox.told(), event, JournalJson.tree(change.apply(job.fold())));
            if (journal.append(job.newest().number(), draft) instanceof Append.Done(Numbered entry)) {
                job = Job.of(id, entry);
                outbox.add(entry);
                log(entry);
                return;
            }
            retry.untilAnswered(() -> {
                catchUp();
                return id;
            });
        }
    }

    /** One line for each thing decided, under the id of its event. */
    void log(Numbered entry) {
        MDC.put("event", entry.eventId());
        try {
            String event = entry.entry().event().map(told -> ": " + told.type()).orElse("");
            LOG.info("{}{}", entry.entry().kind().name().toLowerCase(Locale.ROOT), event);
        } finally {
            MDC.remove("event");
        }
    }

    /** Reads what others have appended: a cancel is obeyed; anything else means that the job is another's. */
    private synchronized void catchUp() {
        if (ended == Cause.LOST) {
            return;
        }
        for (Numbered entry : journal.after(job.newest().number())) {
            if (entry.entry().kind() == EntryKind.CANCELLED) {
                ended = Cause.CANCELLED;
            } else {
                ended = Cause.LOST;
            }
            job = Job.of(id, entry);
            outbox.add(entry);
        }
    }

    private void obey() throws HoldEndedException {
        if (ended == null && deadline.isPresent() && jobs.store().time().isAfter(deadline.get())) {
            ended = Cause.DEADLINE_EXCEEDED;
        }
        Cause why = ended;
        if (why != null) {
            throw new HoldEndedException(why);
        }
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
