package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.FlakyStore;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterTry;
import org.awaitility.core.ConditionFactory;

/** A fleet of replicas, each of which may die or be paused at any call, still does each job exactly once. */
abstract class JobProperties {
    private static final int STEPS = 12;
    private static final JobSettings SETTINGS =
            new JobSettings(1, Duration.ofMillis(10), 6, 1000, Duration.ofMinutes(5));

    private final List<FlakyStore> replicas = new ArrayList<>();
    private final ObjectStore store;

    JobProperties(ObjectStore store) {
        this.store = store;
    }

    @AfterTry
    void endReplicas() {
        replicas.forEach(replica -> replica.dieAfter(0));
        replicas.clear();
    }

    @Tag("fault-9")
    @Property(tries = 12)
    void aFleetDoesEachJobOnce(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Topic topic = new Topic(seed);
        List<Name> ids = Stream.generate(() -> new Name(UUID.randomUUID().toString()))
                .limit(3)
                .toList();
        Jobs client = new Jobs(store, JobKind.RUN, "client", SETTINGS.retry());
        for (Name id : ids) {
            assertThat(client.accept(id, TextNode.valueOf("request"), "digest", Asker.within("a test")))
                    .isEqualTo(Acceptance.ACCEPTED);
        }

        boolean cancels = random.nextInt(3) == 0;
        List<FlakyStore> paused = new ArrayList<>();
        for (int generation = 0; generation < 4; generation++) {
            FlakyStore mortal = replica(seed + generation, 0.1, topic);
            if (random.nextBoolean()) {
                mortal.dieAfter(random.nextInt(400));
            }
            pass(random.nextInt(150));
            if (random.nextBoolean()) {
                mortal.pause();
                paused.add(mortal);
            }
            if (cancels && generation == 1 + random.nextInt(3)) {
                client.cancel(ids.get(random.nextInt(ids.size())), "no longer needed", Asker.within("a test"));
            }
            if (random.nextInt(3) == 0 && !paused.isEmpty()) {
                paused.removeFirst().resume();
            }
        }
        topic.goAway(random.nextBoolean());
        replica(seed + 100, 0.1, topic);
        pass(100);
        topic.goAway(false);

        patiently()
                .until(() -> ids.stream()
                        .allMatch(id -> client.find(id).orElseThrow().closed()));
        paused.forEach(FlakyStore::resume);
        patiently().until(() -> client.open().isEmpty());
        pass(100);

        ids.forEach(id -> checkHistory(client.history(id), topic.ids()));
    }

    private FlakyStore replica(long seed, double faults, Topic topic) {
        FlakyStore flaky = new FlakyStore(store, seed, faults);
        replicas.add(flaky);
        Jobs jobs = new Jobs(flaky.view(), JobKind.RUN, "replica " + seed, SETTINGS.retry());
        JobHandler handler = new CountingHandler(STEPS, Duration.ofMillis(2));
        new JobRunner(
                        jobs,
                        handler,
                        topic,
                        SETTINGS,
                        JobObserver.NONE,
                        FailureText.OPAQUE,
                        FlakyStore.supervisor(),
                        () -> {})
                .start();
        return flaky;
    }

    private static void pass(int millis) {
        patiently().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }

    /** The replicas' deaths are no failures. */
    private static ConditionFactory patiently() {
        return await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(30));
    }

    private static void checkHistory(List<Numbered> history, List<String> published) {
        List<EntryKind> kinds =
                history.stream().map(entry -> entry.entry().kind()).toList();
        assertThat(kinds.getFirst()).isEqualTo(EntryKind.ACCEPTED);
        assertThat(kinds.getLast()).isEqualTo(EntryKind.CLOSED);
        assertThat(kinds).containsOnlyOnce(EntryKind.ACCEPTED, EntryKind.RESULT, EntryKind.CLOSED);
        assertThat(kinds.subList(kinds.indexOf(EntryKind.RESULT), kinds.size()))
                .doesNotContain(EntryKind.PROGRESS, EntryKind.RELEASED, EntryKind.CANCELLED);
        boolean cancelled = kinds.contains(EntryKind.CANCELLED);
        assertThat(history.getLast().entry().fold().at("/result/outcome").asText())
                .isEqualTo(cancelled ? "cancelled" : "succeeded");

        List<Integer> steps = history.stream()
                .filter(entry -> entry.entry().kind() == EntryKind.PROGRESS)
                .map(entry -> entry.entry().fold().get("state").asInt())
                .toList();
        assertThat(steps).isSorted().doesNotHaveDuplicates();
        assertThat(steps.size()).isBetween(cancelled ? 0 : STEPS, STEPS);

        List<String> expected = history.stream()
                .filter(entry -> entry.entry().event().isPresent())
                .map(Numbered::eventId)
                .toList();
        assertThat(published.stream().filter(expected::contains).toList()).isEqualTo(expected);
    }
}
