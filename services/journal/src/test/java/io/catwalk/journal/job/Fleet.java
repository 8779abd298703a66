package io.catwalk.journal.job;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.FaultyStore;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.supervision.Supervisor;

/** Replicas on one bucket whose calls may fail, and a client whose calls don't. */
final class Fleet {
    static final JobSettings SETTINGS = new JobSettings(1, Duration.ofMillis(20), 6, 3, 4, Duration.ofMinutes(5));

    final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    final FaultyStore faulty = new FaultyStore(store);
    final Jobs client = new Jobs(store, JobKind.RUN, "client", SETTINGS.retry());
    final Topic topic = new Topic(1);
    final List<Throwable> errors = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final Polls polls = new Polls();
    private final List<JobRunner> runners = new ArrayList<>();

    /** What a replica's polls found. */
    static final class Polls implements JobObserver {
        volatile int unreadable;

        @Override
        public void polled(int jobs, int unreadableJobs) {
            unreadable = unreadableJobs;
        }

        @Override
        public void concluded(JobResult.Outcome outcome) {}
    }

    JobRunner start(String writer, JobHandler handler) {
        return start(writer, handler, topic);
    }

    JobRunner start(String writer, JobHandler handler, EventSink sink) {
        JobRunner runner = new JobRunner(
                new Jobs(faulty.view(), JobKind.RUN, writer, SETTINGS.retry()),
                handler,
                sink,
                SETTINGS,
                polls,
                this::failed,
                new Supervisor(Duration.ofMillis(5), errors::add),
                () -> {});
        runners.add(runner);
        runner.start();
        return runner;
    }

    private String failed(Throwable failure) {
        failures.add(failure);
        return "failure " + failures.size();
    }

    Name accept(String id) throws InterruptedException {
        Name name = new Name(id);
        client.accept(name, TextNode.valueOf("request"), "digest", Asker.within("a test"));
        return name;
    }

    Job job(Name id) {
        return client.find(id).orElseThrow();
    }

    JobResult awaitClosed(Name id) {
        await().until(() -> job(id).closed());
        return job(id).fold().result().orElseThrow();
    }

    List<EntryKind> kinds(Name id) {
        return client.history(id).stream().map(entry -> entry.entry().kind()).toList();
    }

    /** All that the journal says. */
    String entries(Name id) {
        return client.history(id).toString();
    }

    /** The store answers again, and all replicas give their jobs back. */
    void stop() throws InterruptedException {
        faulty.mend();
        for (JobRunner runner : runners) {
            runner.stop();
        }
    }
}
