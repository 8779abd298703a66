package io.catwalk.journal.job;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.AfterEach;

/** One job, and the replicas that work on it. */
abstract class OneJobTestCase {
    static final Name ID = new Name("r1");
    static final Duration FAST = Duration.ofMillis(1);
    static final JobSettings SETTINGS = new JobSettings(1, Duration.ofMillis(20), 6, 3, Duration.ofMinutes(5));

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
    final ObjectStore store = new InMemoryObjectStore(now::get);
    final Jobs client = new Jobs(store, JobKind.RUN, "client", SETTINGS.retry());
    final Topic topic = new Topic(1);
    final List<JobRunner> runners = new ArrayList<>();

    @AfterEach
    void stopRunners() throws InterruptedException {
        for (JobRunner runner : runners) {
            runner.stop();
        }
    }

    Acceptance accept() throws InterruptedException {
        return client.accept(ID, TextNode.valueOf("request"), "digest", Asker.within("a test"));
    }

    JobRunner start(String writer, JobHandler handler) {
        return start(writer, store, handler);
    }

    JobRunner start(String writer, ObjectStore view, JobHandler handler) {
        Jobs jobs = new Jobs(view, JobKind.RUN, writer, SETTINGS.retry());
        JobRunner runner = new JobRunner(jobs, handler, topic, SETTINGS, () -> {});
        runner.start();
        if (view == store) {
            runners.add(runner);
        }
        return runner;
    }

    JobRunner start(String writer, Duration stall, JobHandler handler, Runnable onStall) {
        JobSettings settings = new JobSettings(1, SETTINGS.poll(), SETTINGS.missed(), SETTINGS.maxLost(), stall);
        Jobs jobs = new Jobs(store, JobKind.RUN, writer, settings.retry());
        JobRunner runner = new JobRunner(jobs, handler, topic, settings, onStall);
        runner.start();
        runners.add(runner);
        return runner;
    }

    void awaitClosed() {
        await().until(() -> client.find(ID).orElseThrow().closed());
    }

    JobResult result() {
        return client.find(ID).orElseThrow().fold().result().orElseThrow();
    }

    List<EntryKind> kinds() {
        return client.history(ID).stream()
                .map(Numbered::entry)
                .map(entry -> entry.kind())
                .toList();
    }
}
