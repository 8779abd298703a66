package io.catwalk.journal.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.LaterJson;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.Test;

/** Jobs whose lease holder is of a later release: its entries and heartbeats have more fields, at each depth. */
class LaterLeaseTest {
    private static final Name ID = new Name("r1");
    private static final Retry RETRY = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final Jobs jobs = new Jobs(store, JobKind.RUN, "this release", RETRY);

    @Test
    void itsHeartbeatsCountAndItsProgressIsShown() throws Exception {
        JsonNode request = JournalJson.parse("{\"dataset\": \"bars\"}");
        jobs.accept(ID, request, "digest", Asker.within("a test"));
        JobFold fold = new JobFold(
                Optional.of(request),
                "digest",
                Optional.of(new JobFold.LeaseHolder(2, "later")),
                1,
                0,
                Optional.empty(),
                Optional.empty(),
                NullNode.getInstance(),
                Optional.of(new JobFold.Failures(1, "why")),
                Optional.of(Asker.within("sweeps/s1")),
                Optional.empty());
        new Journal(store, Artifacts.journal(JobKind.RUN, ID), "later", RETRY)
                .append(1, new Draft(EntryKind.CLAIMED, 0, Optional.empty(), later(fold)));
        Job claimed = jobs.find(ID).orElseThrow();
        assertThat(claimed.fold().holder()).contains(new JobFold.LeaseHolder(2, "later"));
        assertThat(claimed.fold().failures()).contains(new JobFold.Failures(1, "why"));
        assertThat(claimed.fold().askedBy()).contains(Asker.within("sweeps/s1"));

        HeartbeatWatch watch = new HeartbeatWatch(jobs, 2, Duration.ZERO, System::nanoTime);
        for (int count = 1; count <= 4; count++) {
            heartbeat(count);
            assertThat(watch.isLost(claimed)).isFalse();
            assertThat(jobs.progress(claimed).orElseThrow().path("step").asInt())
                    .isEqualTo(count);
        }
        assertThat(watch.isLost(claimed)).as("no heartbeat since").isTrue();
    }

    @Test
    void itsResultIsRead() throws Exception {
        JobFold ended = new JobFold(
                Optional.of(JournalJson.parse("{\"dataset\": \"bars\"}")),
                "digest",
                Optional.empty(),
                1,
                0,
                Optional.of("enough"),
                Optional.of(new JobResult(JobResult.Outcome.CANCELLED, "enough")),
                JournalJson.parse("{\"step\": 1}"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Asker.within("sweeps/s1")));
        new Journal(store, Artifacts.journal(JobKind.RUN, ID), "later", RETRY)
                .append(0, new Draft(EntryKind.CLOSED, 0, Optional.empty(), later(ended)));

        Job job = jobs.find(ID).orElseThrow();
        assertThat(job.closed()).isTrue();
        assertThat(job.fold().result()).contains(new JobResult(JobResult.Outcome.CANCELLED, "enough"));
        assertThat(job.state(State.class)).isEqualTo(new State(1));
        assertThat(job.fold().cancelledBy()).contains(Asker.within("sweeps/s1"));
    }

    private void heartbeat(int count) {
        var heartbeat = new Jobs.Heartbeat(count, JournalJson.parse("{\"step\": %d}".formatted(count)));
        store.put(
                Artifacts.heartbeats(JobKind.RUN, ID).key("2"),
                later(heartbeat).toString().getBytes(UTF_8));
    }

    private static JsonNode later(Record written) {
        return LaterJson.of(JournalJson.tree(written));
    }

    private record State(int step) {}
}
