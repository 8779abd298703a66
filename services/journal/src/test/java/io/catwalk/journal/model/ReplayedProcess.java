package io.catwalk.journal.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.FlakyStore;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.FailureText;
import io.catwalk.journal.job.JobObserver;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.JobSettings;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.supervision.Supervisor;
import org.jspecify.annotations.Nullable;

/** A real process of the protocol, all of whose calls wait for their steps. */
final class ReplayedProcess {
    static final Name ID = new Name("r1");
    /** All pauses between calls are as short as can be: only steps let time pass. */
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final ThreadGroup threads;
    private final Gate gate = new Gate();
    private final GatedStore store;
    private final Jobs jobs;
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private volatile Optional<JobRunner> runner = Optional.empty();
    private volatile Optional<ReplayedWork> work = Optional.empty();

    private ReplayedProcess(ObjectStore store, int writer) {
        this.threads = new ThreadGroup("process " + writer);
        this.store = new GatedStore(store, gate);
        this.jobs = new Jobs(this.store.view(), JobKind.RUN, name(writer), new Retry(AT_ONCE, AT_ONCE));
    }

    static String name(int writer) {
        return "w" + writer;
    }

    /** The number of a writer by its name. */
    static int writer(String name) {
        return Integer.parseInt(name.substring(1));
    }

    /** A replica that polls. */
    static ReplayedProcess holder(ObjectStore store, Broker broker, int writer, Bounds bounds)
            throws InterruptedException {
        ReplayedProcess process = new ReplayedProcess(store, writer);
        JobSettings settings = new JobSettings(2, AT_ONCE, bounds.missed(), bounds.maxLost(), Duration.ofDays(1));
        ReplayedWork work = new ReplayedWork(process.gate, bounds.steps());
        process.work = Optional.of(work);
        // Its threads are of the group of the thread that makes them.
        Thread main = new Thread(process.threads, () -> {
            JobRunner replica = new JobRunner(
                    process.jobs,
                    work,
                    broker.view(process.gate),
                    settings,
                    JobObserver.NONE,
                    FailureText.OPAQUE,
                    process.supervisor(),
                    () -> {});
            replica.start();
            process.runner = Optional.of(replica);
        });
        main.start();
        main.join();
        return process;
    }

    static ReplayedProcess client(ObjectStore store, Client client) {
        ReplayedProcess process = new ReplayedProcess(store, client.writer());
        Callable<Enum<?>> call = client.role() == Client.Role.REQUEST
                ? () -> process.jobs.accept(ID, TextNode.valueOf("request"), "digest", Asker.within("a test"))
                : () -> process.jobs.cancel(ID, "not needed", Asker.within("a test"));
        new Thread(process.threads, () -> process.run(call), Roles.CLIENT).start();
        return process;
    }

    private void run(Callable<Enum<?>> call) {
        try {
            answer.complete(call.call().name());
        } catch (Exception | FlakyStore.Died e) {
            answer.completeExceptionally(e);
        }
    }

    private Supervisor supervisor() {
        return new Supervisor(Duration.ofMillis(1), error -> {
            if (!(error instanceof FlakyStore.Died)) {
                answer.completeExceptionally(error);
            }
        });
    }

    /** Lets the call that a thread of that role waits with go on. */
    void step(String role, Delivery delivery) {
        gate.release(role, delivery);
    }

    /** As {@link #step}, but the work gives the job back. */
    void giveBack() {
        work.orElseThrow().givesBack();
        gate.release(Roles.WORK, Delivery.ONCE);
    }

    /** The creation of an entry that it waits with, or made last. */
    GatedStore.Creation creation() {
        return store.creation();
    }

    /** Whether its threads get to wait with these calls, and none with another. */
    boolean awaits(Map<String, String> calls, Duration patience) {
        boolean claims = calls.containsKey(Roles.WORK) || calls.containsKey(Roles.HEARTBEAT);
        return Gate.await(
                () -> !gate.isCalling()
                        && gate.calls().equals(calls)
                        && (calls.containsKey(Roles.PUBLISH) || gate.isIdle(Roles.PUBLISH))
                        && (claims
                                || runner.map(JobRunner::claimed)
                                        .filter(ids -> !ids.isEmpty())
                                        .isEmpty()),
                patience);
    }

    /** The calls that its threads wait with, by their roles. */
    Map<String, String> calls() {
        return gate.calls();
    }

    /** What a client was answered, or that it wasn't. */
    String answer(Duration patience) {
        return Gate.await(answer::isDone, patience)
                ? answer.handle(ReplayedProcess::text).join()
                : "nothing";
    }

    private static String text(@Nullable String given, @Nullable Throwable failure) {
        return failure == null ? String.valueOf(given) : failure.toString();
    }

    void kill() {
        gate.kill();
        threads.interrupt();
    }
}
