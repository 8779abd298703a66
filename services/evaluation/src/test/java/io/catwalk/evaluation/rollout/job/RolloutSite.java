package io.catwalk.evaluation.rollout.job;

import static io.catwalk.evaluation.Installation.CLOCK;
import static io.catwalk.evaluation.Installation.MODEL;
import static io.catwalk.evaluation.Installation.SETTINGS;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.rollout.PublishedVersions;
import io.catwalk.evaluation.rollout.RolloutSettings;
import io.catwalk.evaluation.rollout.RolloutSettings.Margins;
import io.catwalk.evaluation.rollout.ServingReplica;
import io.catwalk.evaluation.rollout.ServingReplica.Load;
import io.catwalk.evaluation.rollout.replay.BrightnessModels;
import io.catwalk.evaluation.rollout.replay.CandidateReplay;
import io.catwalk.evaluation.rollout.replay.ReplaySettings;
import io.catwalk.evaluation.rollout.replay.WrittenLog;
import io.catwalk.evaluation.rollout.window.Fleet.Patience;
import io.catwalk.events.EventJson;
import io.catwalk.events.RequestDigest;
import io.catwalk.journal.Asker;
import io.catwalk.journal.FlakyStore;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.FailureText;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobObserver;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.Jobs;
import io.catwalk.journal.job.Topic;
import io.catwalk.model.v1.PromotionRequested;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** A model with the versions 1 and 2, of which 1 is stable, replicas that hold rollouts, and one of serving. */
final class RolloutSite {
    static final Patience PATIENT = new Patience(Duration.ofHours(1), Duration.ofHours(1), 1);
    static final Name CANARY = new Name("canary");
    static final Name SHADOW = new Name("shadow");
    static final Load GOOD_STABLE = Load.of(900, 9);
    static final Load GOOD = Load.of(100, 1);

    final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    final Registry registry = new Registry(store, "client", SETTINGS.retry());
    final Jobs rollouts = new Jobs(store, JobKind.ROLLOUT, "client", SETTINGS.retry());
    final WrittenWindows windows = new WrittenWindows();
    final WrittenLog log = new WrittenLog();
    final BrightnessModels models = new BrightnessModels();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final Topic topic;
    final ServingReplica serving = new ServingReplica(registry, MODEL, "serving-0/a");

    RolloutSite(long seed) throws InterruptedException {
        topic = new Topic(seed);
        PublishedVersions.publish(registry, MODEL, 1);
        PublishedVersions.publish(registry, MODEL, 2);
        PublishedVersions.point(registry, MODEL, Registry.STABLE, "promotions/back", 1);
    }

    static RolloutSettings settings(Patience patience, Duration deadline) {
        return settings(patience, deadline, new ReplaySettings(0, 1, Duration.ofHours(1), Duration.ofMinutes(1)));
    }

    /** With a replay of 100 requests, at least 40. */
    static RolloutSettings replaying() {
        return settings(
                PATIENT, Duration.ofHours(24), new ReplaySettings(100, 40, Duration.ofHours(1), Duration.ofMinutes(1)));
    }

    private static RolloutSettings settings(Patience patience, Duration deadline, ReplaySettings replay) {
        return new RolloutSettings(
                List.of(0.05, 0.25, 0.5),
                0.05,
                new Margins(0.01, 0.05, 0.05, Optional.of(0.1)),
                Duration.ofMillis(100),
                500,
                Duration.ofMinutes(5),
                deadline,
                patience,
                replay);
    }

    static RolloutSettings settings() {
        return settings(PATIENT, Duration.ofHours(24));
    }

    JobRunner holder(String writer) {
        return holder(store, writer, settings());
    }

    /** A replica that holds rollouts, on its own way to the store. */
    JobRunner holder(ObjectStore view, String writer, RolloutSettings settings) {
        RolloutHandler handler = RolloutHandler.of(
                new Registry(view, writer, SETTINGS.retry()),
                new Blobs(view),
                new RolloutHandler.Sources(windows, new CandidateReplay(log, models, 16, CLOCK)),
                new RolloutHandler.Surroundings(settings, new RolloutMetrics(meters), SETTINGS.poll(), CLOCK));
        JobRunner runner = new JobRunner(
                new Jobs(view, JobKind.ROLLOUT, writer, SETTINGS.retry()),
                handler,
                topic,
                SETTINGS.withoutSlots(),
                JobObserver.NONE,
                FailureText.OPAQUE,
                FlakyStore.supervisor(),
                () -> {});
        runner.start();
        return runner;
    }

    Name request(String id, String label, long version, Optional<Double> weight) throws InterruptedException {
        return request(MODEL, id, label, version, weight);
    }

    Name request(Name model, String id, String label, long version, Optional<Double> weight)
            throws InterruptedException {
        PromotionRequested.Builder request = PromotionRequested.newBuilder()
                .setPromotionId(id)
                .setModel(model.value())
                .setLabel(label)
                .setVersion(version);
        weight.ifPresent(request::setWeight);
        Name name = new Name(id);
        rollouts.accept(
                name, EventJson.tree(request.build()), RequestDigest.of(request.build()), Asker.within("a test"));
        return name;
    }

    Name canary(String id) throws InterruptedException {
        return request(id, "canary", 2, Optional.of(0.1));
    }

    /** Serving tells what versions do until a rollout is closed. */
    Job serveUntilClosed(Name id, String label, Supplier<Load> rollout) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    windows.write(serving.next(label, rollout.get(), GOOD_STABLE));
                    return job(id).closed();
                });
        return job(id);
    }

    /** Serving tells what versions do for some windows. */
    void serve(int count, String label, Load rollout) {
        for (int window = 0; window < count; window++) {
            windows.write(serving.next(label, rollout, GOOD_STABLE));
        }
    }

    Job awaitClosed(Name id) {
        await().atMost(Duration.ofSeconds(30)).until(() -> job(id).closed());
        return job(id);
    }

    /** Until a label's version has, or had, a weight. */
    void awaitWeight(Name label, double weight) {
        await().atMost(Duration.ofSeconds(30)).until(() -> weights(label).contains(weight));
    }

    Job job(Name id) {
        return rollouts.find(id).orElseThrow();
    }

    RolloutState state(Name id) {
        return RolloutState.of(job(id)).orElseThrow();
    }

    List<DecisionEntry> line(Name label) {
        return registry.labelJournal(MODEL, label).entries();
    }

    /** That a label's version had one after another. */
    List<Double> weights(Name label) {
        return line(label).stream()
                .flatMap(entry -> LabelDecision.of(entry).weight().stream())
                .toList();
    }

    long stable() {
        return LabelDecision.target(line(Registry.STABLE)).orElseThrow().version();
    }
}
