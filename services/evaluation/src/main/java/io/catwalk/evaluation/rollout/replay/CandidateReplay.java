package io.catwalk.evaluation.rollout.replay;

import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.rollout.judgement.Finding;
import io.catwalk.evaluation.rollout.judgement.Rate;
import io.catwalk.evaluation.rollout.judgement.ReplayJudgement;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Found;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Progress;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Wanted;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.modelarchives.ModelFormat;
import io.catwalk.modelarchives.ModelSource;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has candidates answer again what stable has answered, by the engine that serving would take. One at a time, so that neither requests
 * nor models of several candidates are in memory at once.
 */
public final class CandidateReplay {
    private static final Logger LOG = LoggerFactory.getLogger(CandidateReplay.class);
    private static final long TURN_MILLIS = 250;

    private final LoggedRequests log;
    private final ModelSource models;
    private final int batchSize;
    private final InstantSource clock;
    private final Semaphore turn = new Semaphore(1, true);

    /** @param batchSize images of one inference */
    public CandidateReplay(LoggedRequests log, ModelSource models, int batchSize, InstantSource clock) {
        this.log = log;
        this.models = models;
        this.batchSize = batchSize;
        this.clock = clock;
    }

    /**
     * What is replayed.
     *
     * @param stableDigest of the model that has answered the requests
     * @param limit of disagreement; without it only failures count
     * @param alpha probability that a candidate within the limit is found above it
     */
    public record Task(
            Name model,
            String stableDigest,
            VersionManifest candidate,
            ReplaySettings settings,
            Optional<Double> limit,
            double alpha) {}

    /**
     * Replays the newest requests.
     *
     * @param retry distances between tries to load the model while store or disk fail
     * @param progress called at least every few seconds, but while the model is being loaded
     */
    public Replayed replay(Task task, Retry retry, Progress progress) throws LeaseEndedException, InterruptedException {
        while (!turn.tryAcquire(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
            progress.made();
        }
        try {
            return new Replay(task, retry, progress).run();
        } finally {
            turn.release();
        }
    }

    private final class Replay {
        private final Task task;
        private final Retry retry;
        private final Progress progress;
        private final long started = System.nanoTime();

        Replay(Task task, Retry retry, Progress progress) {
            this.task = task;
            this.retry = retry;
            this.progress = progress;
        }

        Replayed run() throws LeaseEndedException, InterruptedException {
            try {
                Found found = log.newest(wanted(), progress);
                int requests = found.newestFirst().size();
                return requests < task.settings().minRequests()
                        ? Replayed.skipped(tooFew(requests, "are logged"), found)
                        : answered(found);
            } catch (UnreadableLogException e) {
                return Replayed.skipped(String.valueOf(e.getMessage()), Found.NOTHING);
            }
        }

        private Replayed answered(Found found) throws LeaseEndedException, InterruptedException {
            Optional<Classifier> loaded;
            try {
                loaded = open();
            } catch (UnloadableModelException e) {
                return Replayed.rolledBack(String.valueOf(e.getMessage()), found);
            }
            if (loaded.isEmpty()) {
                return Replayed.skipped(
                        "the model couldn't be read within " + task.settings().time(), found);
            }
            try (Classifier model = loaded.get()) {
                return judged(answers(model, found), found);
            }
        }

        private Wanted wanted() {
            ReplaySettings settings = task.settings();
            return new Wanted(
                    task.model(),
                    task.stableDigest(),
                    settings.requests(),
                    clock.instant().minus(settings.maxAge()),
                    settings.time().dividedBy(2));
        }

        /** Empty where store or disk fail for too long. */
        private Optional<Classifier> open() throws LeaseEndedException, InterruptedException {
            Optional<Digest> onnx = task.candidate().digests().onnx().map(Digest::parse);
            ModelFormat format = onnx.isPresent() ? ModelFormat.ONNX : ModelFormat.SAVED_MODEL;
            Digest digest =
                    onnx.orElseGet(() -> Digest.parse(task.candidate().digests().model()));
            for (int failures = 0; !late(); failures++) {
                progress.made();
                try {
                    return Optional.of(models.open(format, digest));
                } catch (StoreUnavailableException | UncheckedIOException e) {
                    LOG.warn("can't load model {}: {}; trying again", digest, e.getMessage());
                    retry.pause(failures);
                }
            }
            return Optional.empty();
        }

        private Answers answers(Classifier model, Found found) throws LeaseEndedException {
            Answers answers = new Answers(model, batchSize);
            for (LoggedRequest request : found.newestFirst()) {
                progress.made();
                if (late() || answers.failure().isPresent()) {
                    break;
                }
                answers.add(request);
            }
            return answers;
        }

        private Replayed judged(Answers answers, Found found) {
            List<Rate> disagreements = answers.disagreements();
            Found known = found.without(PassedOver.OTHER_SHAPE, answers.ofOtherShape());
            if (answers.failure().isPresent()) {
                return Replayed.rolledBack(answers.failure().get(), known).with(disagreements, Optional.empty());
            }
            int requests = disagreements.size();
            if (requests < task.settings().minRequests()) {
                return Replayed.skipped(tooFew(requests, "could be answered"), known)
                        .with(disagreements, Optional.empty());
            }
            Optional<Finding> finding =
                    task.limit().map(limit -> ReplayJudgement.of(disagreements, limit, task.alpha()));
            Replayed replayed = finding.filter(Finding::harmful)
                    .map(harm -> Replayed.rolledBack("by " + requests + " logged requests: " + harm.text(), known))
                    .orElseGet(() -> Replayed.passed("no harm by " + requests + " logged requests", known));
            return replayed.with(disagreements, finding);
        }

        private String tooFew(int requests, String what) {
            return "%d requests of stable %s, of at least %d"
                    .formatted(requests, what, task.settings().minRequests());
        }

        private boolean late() {
            return System.nanoTime() - started > task.settings().time().toNanos();
        }
    }
}
