package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Append;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.Test;

/** Who asked, as journals of this release and of the one before it have it. */
class AskersTest {
    private static final Name ID = new Name("r1");
    private static final Retry RETRY = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));
    private static final Asker ANN = Asker.of(new Asker.Subject("key", "ann", Instant.parse("2026-11-30T08:00:00Z")));
    private static final Asker RECORD = Asker.of(new Asker.KafkaRecord("training-requested", 2, 17, "/shop"));
    private static final Asker SWEEP = Asker.within("sweeps/s1");

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final Jobs jobs = new Jobs(store, JobKind.RUN, "this release", RETRY);

    @Test
    void theFirstWhoAskedStays() throws InterruptedException {
        jobs.accept(ID, TextNode.valueOf("request"), "digest", RECORD);
        jobs.accept(ID, TextNode.valueOf("request"), "digest", ANN);
        jobs.accept(ID, TextNode.valueOf("other"), "other", ANN);
        jobs.cancel(ID, "enough", ANN);
        jobs.cancel(ID, "enough", SWEEP);

        assertThat(fold().askedBy()).contains(RECORD);
        assertThat(fold().cancelledBy()).contains(ANN);
        assertThat(jobs.history(ID)).hasSize(2);
        JsonNode first = jobs.history(ID).getFirst().entry().fold().path("askedBy");
        assertThat(JournalJson.record(first, Asker.class)).isEqualTo(RECORD);
    }

    @Test
    void aCancelThatCameFirstKeepsItsAsker() throws InterruptedException {
        jobs.cancel(ID, "never mind", SWEEP);
        assertThat(fold().askedBy()).isEmpty();

        jobs.accept(ID, TextNode.valueOf("request"), "digest", ANN);

        assertThat(fold().askedBy()).contains(ANN);
        assertThat(fold().cancelledBy()).contains(SWEEP);
    }

    /** As its release wrote it, and goes on to write it where it takes over. */
    @Test
    void anEntryOfTheReleaseBeforeSaysNothing() throws InterruptedException {
        jobs.accept(ID, TextNode.valueOf("request"), "digest", ANN);
        JsonNode earlier = ((ObjectNode) JournalJson.tree(fold())).without("askedBy");
        Append append = new Journal(store, Artifacts.journal(JobKind.RUN, ID), "the release before", RETRY)
                .append(1, new Draft(EntryKind.CLAIMED, 0, Optional.empty(), earlier));

        assertThat(append).isInstanceOf(Append.Done.class);
        assertThat(fold().askedBy()).isEmpty();
        assertThat(fold().request()).contains(TextNode.valueOf("request"));
        jobs.cancel(ID, "enough", SWEEP);
        assertThat(fold().cancelledBy()).contains(SWEEP);
    }

    /** What it reads: it passes over all that it doesn't know. */
    @Test
    void theReleaseBeforeReadsAnEntryOfThisOne() throws InterruptedException {
        jobs.accept(ID, TextNode.valueOf("request"), "digest", ANN);
        jobs.cancel(ID, "enough", SWEEP);

        Earlier read = JournalJson.record(JournalJson.tree(fold()), Earlier.class);

        assertThat(read)
                .isEqualTo(new Earlier(Optional.of(TextNode.valueOf("request")), "digest", Optional.of("enough")));
    }

    /** Of later releases too, which may know of others who ask. */
    @Test
    void anAskerOfALaterReleaseIsPassedOver() {
        JsonNode later = JournalJson.parse("{\"certificate\": {\"subject\": \"CN=ann\"}}");

        assertThat(JournalJson.record(later, Asker.class))
                .isEqualTo(new Asker(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void aDecisionTellsWhoAskedForIt() throws InterruptedException {
        DecisionJournal label = label();
        Decider decider = (soFar, number) -> new Decider.Decision(TextNode.valueOf("promoted"), Optional.empty());
        label.put("evaluations/r1", decider);
        label.put("promotions/p1", Optional.of(ANN), decider);
        label.put("promotions/p1", Optional.of(RECORD), decider);

        assertThat(label().entries())
                .extracting(DecisionEntry::askedBy)
                .containsExactly(Optional.empty(), Optional.of(ANN));
    }

    private DecisionJournal label() {
        return new DecisionJournal(store, Artifacts.labelJournal(new Name("m"), new Name("stable")), "w", RETRY);
    }

    private JobFold fold() {
        return jobs.find(ID).orElseThrow().fold();
    }

    /** Some of what the release before had in a fold. */
    private record Earlier(Optional<JsonNode> request, String requestDigest, Optional<String> cancelled) {}
}
