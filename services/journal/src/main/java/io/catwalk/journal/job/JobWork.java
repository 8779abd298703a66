package io.catwalk.journal.job;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.journal.UnknownEntryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with one claimed job, on one thread: its work, its result, and the publishing of all that was decided. */
final class JobWork {
    private static final Logger LOG = LoggerFactory.getLogger(JobWork.class);

    private final Jobs jobs;
    private final JobHandler handler;
    private final ClaimedJob job;
    private final FailureText failureText;
    private volatile Phase phase = Phase.OTHER;

    JobWork(Jobs jobs, JobHandler handler, ClaimedJob job, FailureText failureText) {
        this.jobs = jobs;
        this.handler = handler;
        this.job = job;
        this.failureText = failureText;
    }

    private enum Phase {
        WORK,
        DECISION,
        OTHER
    }

    /** The outcome of work, before any of it is decided. */
    sealed interface Outcome {}

    /** @param ofCancelled whether the conclusion knows that the job is cancelled */
    private record Concluded(Conclusion conclusion, boolean ofCancelled) implements Outcome {}

    /** @param why without success, which the handler is yet to conclude */
    private record Ended(Termination why) implements Outcome {}

    /** @param failure none when the process stops, or the job is to wait for what it needs */
    private record GivenBack(Optional<String> failure) implements Outcome {}

    private record Lost() implements Outcome {}

    /** Whether the work is running, and isn't only waiting for an acknowledgement. */
    boolean isWorking() {
        return phase == Phase.WORK && !job.publishing();
    }

    /** Whether the work's outcome is being decided. */
    boolean isDeciding() {
        return phase == Phase.DECISION && !job.publishing();
    }

    /** Does the work. */
    Outcome work() throws InterruptedException {
        phase = Phase.WORK;
        try {
            return new Concluded(handler.work(job), false);
        } catch (LeaseEndedException e) {
            return afterLeaseEnded(e);
        } catch (JobFailedException e) {
            return new Ended(e.ending());
        } catch (NotReadyException e) {
            LOG.info("giving {} back: {}", job.id(), e.getMessage());
            return new GivenBack(Optional.empty());
        } catch (UnknownEntryException e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            // An assertion is a defect of the work alone; any other error is the process's.
            String failure = failureText.of(e);
            LOG.warn("giving {} back: {}", job.id(), failure);
            return new GivenBack(Optional.of(failure));
        } finally {
            phase = Phase.OTHER;
        }
    }

    /** Decides the work's outcome; false when this process has written no result. */
    boolean settle(Outcome outcome) throws InterruptedException {
        phase = Phase.DECISION;
        try {
            return switch (outcome) {
                case Concluded concluded -> conclude(concluded);
                case Ended(Termination why) -> end(why);
                case GivenBack(Optional<String> failure) -> {
                    job.giveBack(failure);
                    yield false;
                }
                case Lost lost -> false;
            };
        } finally {
            phase = Phase.OTHER;
        }
    }

    /** Ends the job without work, or after work without success; false when this process has written no result. */
    boolean end(Termination ending) throws InterruptedException {
        Optional<String> cancelled = job.job().fold().cancelled();
        Termination valid =
                cancelled.<Termination>map(Termination.Cancelled::new).orElse(ending);
        return conclude(new Concluded(handler.conclude(job, valid), cancelled.isPresent()));
    }

    /** Of a job that has its result. */
    JobResult.Outcome result() {
        return job.job().fold().result().orElseThrow().outcome();
    }

    /** Waits until everything is published, and closes the job. */
    void publishAll() throws InterruptedException {
        job.close();
        job.retry().untilAnswered(() -> {
            jobs.find(job.id()).filter(Job::closed).ifPresent(closed -> {
                jobs.indexClosed(closed);
                jobs.unmark(closed.id());
            });
            return job.id();
        });
    }

    static Termination.DeadlineExceeded deadlineExceeded(JobHandler handler, Job job) {
        String limit = handler.deadline(job).map(Duration::toString).orElse("its deadline");
        return new Termination.DeadlineExceeded("not ended within " + limit + " of its acceptance");
    }

    /** A cancel that stands before the result is obeyed, whatever the work's outcome. */
    private boolean conclude(Concluded concluded) throws InterruptedException {
        try {
            job.conclude(concluded.conclusion(), concluded.ofCancelled());
            return true;
        } catch (LeaseEndedException e) {
            return switch (e.why()) {
                case CANCELLED ->
                    end(new Termination.Cancelled(job.job().fold().cancelled().orElse("")));
                case LOST, DEADLINE_EXCEEDED, RELEASE -> false;
            };
        }
    }

    private Outcome afterLeaseEnded(LeaseEndedException e) {
        return switch (e.why()) {
            case LOST -> {
                LOG.warn("{} was claimed by another replica; its work here ends", job.id());
                yield new Lost();
            }
            case RELEASE -> new GivenBack(Optional.empty());
            case CANCELLED ->
                new Ended(new Termination.Cancelled(job.job().fold().cancelled().orElse("")));
            case DEADLINE_EXCEEDED -> new Ended(deadlineExceeded(handler, job.job()));
        };
    }
}
