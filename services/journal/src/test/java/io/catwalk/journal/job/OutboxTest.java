package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.node.NullNode;
import io.catwalk.journal.Entry;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.supervision.Supervisor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboxTest {
    private static final Duration FAST = Duration.ofMillis(1);

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final List<String> published = new CopyOnWriteArrayList<>();
    private final AtomicBoolean defective = new AtomicBoolean();
    private final EventSink sink = (id, event) -> {
        if (event.type().equals("unknown")) {
            throw new UnknownEntryException("this release knows no event unknown");
        }
        if (defective.getAndSet(false)) {
            throw new UnsupportedOperationException("a defect");
        }
        published.add(id);
        return CompletableFuture.completedFuture(null);
    };
    private final Outbox outbox =
            new Outbox(sink, new Retry(FAST, FAST), new Supervisor(FAST, errors::add), 1, "publish-r1");

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void anEntryWithoutAnEventCountsAsPublishedInItsTurn() throws Exception {
        outbox.awaitPublished();
        assertThat(outbox.published()).isEqualTo(1);

        outbox.add(entry(2, Optional.of("epoch-completed")));
        outbox.add(entry(3, Optional.empty()));
        outbox.add(entry(4, Optional.of("epoch-completed")));
        outbox.add(entry(5, Optional.empty()));
        outbox.awaitPublished();

        assertThat(outbox.published()).isEqualTo(5);
        assertThat(published).containsExactly("runs/r1/journal/2", "runs/r1/journal/4");
    }

    @Test
    void aDefectLeavesNoEntryOut() throws Exception {
        defective.set(true);
        outbox.add(entry(2, Optional.of("epoch-completed")));
        outbox.add(entry(3, Optional.of("epoch-completed")));
        outbox.awaitPublished();

        assertThat(published).containsExactly("runs/r1/journal/2", "runs/r1/journal/3");
        assertThat(errors).isEmpty();
    }

    @Test
    void anUnknownEventEndsTheWaitForItAndForAllBehindIt() {
        outbox.add(entry(2, Optional.of("epoch-completed")));
        outbox.add(entry(3, Optional.of("unknown")));
        outbox.add(entry(4, Optional.of("epoch-completed")));

        assertThatThrownBy(outbox::awaitPublished)
                .isInstanceOf(UnknownEntryException.class)
                .hasMessage("this release knows no event unknown");
        assertThat(outbox.published()).isEqualTo(2);
        assertThat(published).containsExactly("runs/r1/journal/2");
    }

    private static Numbered entry(long number, Optional<String> event) {
        Entry entry = new Entry(
                Entry.SCHEMA,
                EntryKind.PROGRESS,
                "a",
                "n" + number,
                0,
                event.map(type -> new Event(type, Instant.EPOCH, NullNode.getInstance())),
                NullNode.getInstance());
        return new Numbered(Artifacts.journal(JobKind.RUN, new Name("r1")), number, entry, Instant.EPOCH);
    }
}
