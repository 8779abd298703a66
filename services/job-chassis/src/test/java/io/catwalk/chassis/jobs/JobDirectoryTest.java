package io.catwalk.chassis.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.jobs.JobDirectory.Page;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.IndexBuilder;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobPlace;
import io.catwalk.journal.job.Jobs;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.Readiness;
import io.catwalk.journal.job.Termination;
import io.catwalk.journal.job.WrittenJobs;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JobDirectoryTest {
    private static final Retry RETRY = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final WrittenJobs written = new WrittenJobs(store, JobKind.RUN);
    private final AtomicInteger calls = new AtomicInteger();

    @Tag("fault-42")
    @Test
    void aPageCostsWhatItShows() throws InterruptedException {
        JobDirectory none = directory();
        calls.set(0);
        assertThat(page(none, 50)).isEmpty();
        assertThat(calls).hasValue(1);

        for (int i = 0; i < 1000; i++) {
            written.closed("r%04d".formatted(i), 13);
        }
        store.delete(Artifacts.indexed(JobKind.RUN));
        JobDirectory many = directory();
        calls.set(0);
        assertThat(page(many, 50)).hasSize(50).allMatch(run -> run.life() == JobLife.COMPLETED);
        // The days, the places of one day, and one object for each of them.
        assertThat(calls).hasValue(2 + 50);
        calls.set(0);
        assertThat(page(many, 50)).hasSize(50);
        assertThat(calls).hasValue(2);

        calls.set(0);
        assertThat(many.countOpen().values()).containsOnly(0L);
        assertThat(calls).hasValue(1);
    }

    @Test
    void pagesGoOnUntilTheLastAndTellWhetherThereIsAnother() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            written.closed("r%02d".formatted(i), 2);
        }
        JobDirectory directory = directory();
        List<String> ids = new ArrayList<>();
        Optional<JobPlace> next = Optional.empty();
        int pages = 0;
        do {
            Page<String> page = directory.page(next, 5, run -> run.id().value());
            ids.addAll(page.jobs());
            next = page.next();
            pages++;
        } while (next.isPresent());
        assertThat(pages).isEqualTo(4);
        assertThat(ids).hasSize(20).doesNotHaveDuplicates();
        assertThat(directory.page(Optional.empty(), 20, Function.identity()).next())
                .isEmpty();
    }

    @Test
    void whatCannotBeReadHidesNoOther() throws InterruptedException {
        written.closed("a1", 3);
        written.damaged("b-garbage", 1, "no entry");
        written.damaged("c-large", 1, "x".repeat((4 << 20) + 1));
        written.damaged("d-later", 1, "{\"schema\": 99, \"kind\": \"accepted\"}");
        written.open("e-newest", "{}");
        written.damaged("e-newest", 2, "{\"schema\": 2}");
        written.open("f-no-handler", "{\"defect\": true}");
        written.closed("g1", 3);
        JobDirectory directory = directory();

        assertThat(page(directory, 100))
                .hasSize(7)
                .filteredOn(run -> run.life() == JobLife.COMPLETED)
                .extracting(run -> run.id().value())
                .containsExactlyInAnyOrder("a1", "g1");
        assertThat(page(directory, 100))
                .filteredOn(run -> run.life() == JobLife.UNREADABLE)
                .hasSize(5)
                .allMatch(run -> !run.reason().isEmpty() && run.job().isEmpty());
        assertThat(directory.find(new Name("d-later")).orElseThrow().reason()).contains("schema 99");
        assertThat(directory.find(new Name("c-large")).orElseThrow().reason()).contains("larger than");
        assertThat(directory.find(new Name("absent"))).isEmpty();

        // What can't be read may be open: the index's build has marked it.
        written.mark(new Name("a1"));
        written.mark(written.open("h1", "{}"));
        assertThat(directory.countOpen())
                .containsEntry(JobLife.UNREADABLE, 5L)
                .containsEntry(JobLife.OPEN, 1L)
                .containsEntry(JobLife.RUNNING, 0L)
                .doesNotContainKey(JobLife.COMPLETED);
    }

    @Test
    void aViewThatFailsShowsItsJobAlone() throws InterruptedException {
        written.closed("a1", 2);
        written.closed("b1", 2);
        assertThat(directory()
                        .page(Optional.empty(), 10, run -> {
                            if (run.id().value().equals("a1") && run.job().isPresent()) {
                                throw new IllegalArgumentException("epochs is -1");
                            }
                            return run.id() + " " + run.life() + " " + run.reason();
                        })
                        .jobs())
                .containsExactlyInAnyOrder("a1 UNREADABLE epochs is -1", "b1 COMPLETED ");
    }

    @Test
    void aDefectOfAViewIsNotShown() throws InterruptedException {
        written.closed("a1", 2);
        List<String> shown = directory()
                .page(Optional.empty(), 10, run -> {
                    if (run.job().isPresent()) {
                        throw new IllegalStateException("secret detail");
                    }
                    return run.reason();
                })
                .jobs();
        assertThat(shown).singleElement().asString().startsWith("internal error; the service's log has it under ");
    }

    @Test
    void aFewThatTheStoreFailsToShowHideNoOtherButAStoreThatIsAwayIsSaidSo() throws InterruptedException {
        for (int i = 0; i < 6; i++) {
            written.open("r" + i, "{}");
        }
        new IndexBuilder(jobs(store)).build();
        List<RuntimeException> failures = List.of(
                new StoreUnavailableException("10.1.2.3: HTTP 500"), new StoreRefusedException("10.1.2.3: denied"));
        for (RuntimeException failure : failures) {
            JobDirectory one = new JobDirectory(
                    jobs(failing(call -> call.contains("runs/r1/"), failure)), new Handler(), builder());
            assertThat(page(one, 10))
                    .extracting(Listed::life)
                    .containsExactlyInAnyOrder(
                            JobLife.UNREADABLE, JobLife.OPEN, JobLife.OPEN, JobLife.OPEN, JobLife.OPEN, JobLife.OPEN);
            assertThat(page(one, 10))
                    .filteredOn(run -> run.life() == JobLife.UNREADABLE)
                    .allMatch(run -> run.reason().startsWith("the store "));
            JobDirectory all = new JobDirectory(
                    jobs(failing(call -> call.startsWith("runs/"), failure)), new Handler(), builder());
            assertThatThrownBy(() -> page(all, 10)).isSameAs(failure);
        }
    }

    @Test
    void aListIsIncompleteUntilItsIndexIsBuilt() throws InterruptedException {
        written.closed("r1", 2);
        IndexBuilder index = builder();
        JobDirectory directory = new JobDirectory(jobs(store), new Handler(), index);
        assertThat(directory.page(Optional.empty(), 10, Function.identity()).complete())
                .isFalse();
    }

    private JobDirectory directory() {
        Jobs jobs = jobs(failing(unused -> false, new IllegalStateException()));
        IndexBuilder index = new IndexBuilder(jobs);
        index.build();
        return new JobDirectory(jobs, new Handler(), index);
    }

    private IndexBuilder builder() {
        return new IndexBuilder(jobs(store));
    }

    private static Jobs jobs(ObjectStore view) {
        return new Jobs(view, JobKind.RUN, "t1", RETRY);
    }

    private static List<Listed> page(JobDirectory directory, int limit) {
        return directory.page(Optional.empty(), limit, Function.identity()).jobs();
    }

    /** Counts the calls, and fails some of them, by what they ask for. */
    private ObjectStore failing(Predicate<String> fails, RuntimeException failure) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    calls.incrementAndGet();
                    if (arguments != null && fails.test(String.valueOf(arguments[0]))) {
                        throw failure;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static final class Handler implements JobHandler {
        @Override
        public JobKind kind() {
            return JobKind.RUN;
        }

        @Override
        public Optional<Duration> deadline(Job job) {
            return Optional.empty();
        }

        @Override
        public Readiness readiness(Job job) {
            if (job.fold().request().orElseThrow().has("defect")) {
                throw new IllegalStateException("a defect");
            }
            return new Readiness.Ready(job.fold().state(), Optional.empty());
        }

        @Override
        public Conclusion work(Lease lease) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Conclusion conclude(Lease lease, Termination ending) {
            throw new UnsupportedOperationException();
        }
    }
}
