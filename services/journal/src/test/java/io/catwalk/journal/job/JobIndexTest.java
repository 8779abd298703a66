package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.catwalk.journal.Asker;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.junit.jupiter.api.Test;

class JobIndexTest extends JobIndexContract {
    private static final Retry RETRY = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final WrittenJobs written = new WrittenJobs(store, JobKind.RUN);
    private final AtomicInteger calls = new AtomicInteger();

    JobIndexTest() {
        super(new InMemoryObjectStore(InstantSource.system()));
    }

    @Test
    void aBuiltIndexCostsOneCall() throws InterruptedException {
        written.closed("r1", 4);
        new IndexBuilder(jobs(unused -> false)).build();
        calls.set(0);
        IndexBuilder next = new IndexBuilder(jobs(unused -> false));
        next.build();
        assertThat(next.done()).isTrue();
        assertThat(calls).hasValue(1);
    }

    @Test
    void aBrokenOffBuildGoesOnWhereItWas() throws InterruptedException {
        for (int i = 0; i < 250; i++) {
            written.closed("r%03d".formatted(i), 2);
        }
        IndexBuilder broken = new IndexBuilder(jobs(call -> call.contains("runs/r220")
                || call.contains("runs/r221")
                || call.contains("runs/r222")
                || call.contains("runs/r223")
                || call.contains("runs/r224")));
        assertThatThrownBy(broken::build).isInstanceOf(StoreUnavailableException.class);
        assertThat(broken.done()).isFalse();
        assertThat(places()).isEqualTo(220);

        calls.set(0);
        new IndexBuilder(jobs(unused -> false)).build();
        assertThat(places()).isEqualTo(250);
        // The last note was written after 200 jobs; a job of two entries takes at most ten calls.
        assertThat(calls).hasValueLessThan(50 * 10 + 10);
    }

    @Test
    void oneJobThatTheStoreFailsToShowIsLeftOut() throws InterruptedException {
        written.closed("r1", 2);
        written.closed("r2", 2);
        written.closed("r3", 2);
        IndexBuilder builder = new IndexBuilder(jobs(call -> call.contains("runs/r2/")));
        builder.build();
        assertThat(builder.done()).isTrue();
        assertThat(places()).isEqualTo(2);
        assertThat(jobs(unused -> false).open())
                .as("it may be open, and is looked at later")
                .containsExactly(new Name("r2"));
    }

    @Test
    void aLookPutsOpenJobsIntoTheIndexOnce() throws InterruptedException {
        Name id = written.open("r1", "{}");
        written.mark(id);
        Name garbage = written.damaged("r2", 1, "garbage");
        written.mark(garbage);
        Jobs jobs = jobs(unused -> false);
        jobs.indexAll(jobs.open());
        assertThat(places()).isEqualTo(2);
        calls.set(0);
        jobs.indexAll(jobs.open());
        assertThat(calls).hasValue(1);
    }

    @Test
    void aRequestIsAcceptedWhereTheIndexMayNotBeWritten() throws InterruptedException {
        Jobs jobs = new Jobs(
                view(call -> call.contains("index/"), new StoreRefusedException("denied")), JobKind.RUN, "t1", RETRY);
        Name id = new Name("r1");
        assertThat(jobs.accept(id, JournalJson.parse("{}"), "d", Asker.within("a test")))
                .isEqualTo(Acceptance.ACCEPTED);
        assertThat(jobs.open()).containsExactly(id);
        jobs.indexClosed(jobs.find(id).orElseThrow());
    }

    private long places() {
        return new Jobs(store, JobKind.RUN, "t2", RETRY)
                .index()
                .places(Optional.empty(), 1000)
                .size();
    }

    /** @param fails which calls the store gives no answer to, by what they ask for */
    private Jobs jobs(Predicate<String> fails) {
        return new Jobs(view(fails, new StoreUnavailableException("out of reach")), JobKind.RUN, "t1", RETRY);
    }

    private ObjectStore view(Predicate<String> fails, RuntimeException failure) {
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
}
