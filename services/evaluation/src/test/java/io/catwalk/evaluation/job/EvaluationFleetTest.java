package io.catwalk.evaluation.job;

import static io.catwalk.evaluation.Installation.MODEL;
import static io.catwalk.evaluation.Installation.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.catwalk.evaluation.FakeModels;
import io.catwalk.evaluation.Installation;
import io.catwalk.evaluation.TinyDataset;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.FlakyStore;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.Topic;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import org.awaitility.core.ConditionFactory;

/**
 * Evaluators that race for one label, each of which may die or be paused at any call to the store: each run is decided
 * once, against what the label pointed at, and published in order.
 */
class EvaluationFleetTest {
    /** How many of 20 validation and test images each run's model gets right; 2 fewer than the champion's may pass. */
    private static final Map<String, Integer> RUNS = Map.of("a", 14, "b", 18, "c", 15, "d", 20, "e", 6);

    private static final int MAX_REGRESSION = 2;

    private final List<FlakyStore> replicas = new ArrayList<>();
    private final FakeModels models = new FakeModels();

    @AfterTry
    void endReplicas() {
        replicas.forEach(replica -> replica.dieAfter(0));
        replicas.clear();
    }

    @Property(tries = 20)
    void eachRunIsDecidedOnceAndPublishedInOrder(@ForAll long seed) throws Exception {
        Installation installation = new Installation();
        Topic topic = new Topic(seed);
        for (Map.Entry<String, Integer> run : RUNS.entrySet()) {
            installation.accept(installation.trained(run.getKey(), models.right(run.getValue())));
        }

        letMortalReplicasTry(installation, topic, new Random(seed));
        replica(installation, seed + 100, topic);
        replica(installation, seed + 101, topic);
        patiently()
                .until(() -> RUNS.keySet().stream()
                        .allMatch(run -> installation
                                .evaluations()
                                .find(new Name(run))
                                .orElseThrow()
                                .closed()));

        List<DecisionEntry> line =
                installation.registry().labelJournal(MODEL, Registry.STABLE).entries();
        assertThat(line)
                .extracting(DecisionEntry::cause)
                .containsExactlyInAnyOrderElementsOf(
                        RUNS.keySet().stream().map(run -> "evaluations/" + run).toList());
        checkDecisions(installation, line);
        checkPublishing(topic.events(), line);
    }

    private void letMortalReplicasTry(Installation installation, Topic topic, Random random) {
        List<FlakyStore> paused = new ArrayList<>();
        for (int generation = 0; generation < 4; generation++) {
            FlakyStore mortal = replica(installation, random.nextLong(), topic);
            if (random.nextInt(4) > 0) {
                mortal.dieAfter(random.nextInt(250));
            }
            pass(random.nextInt(120));
            if (random.nextBoolean()) {
                mortal.pause();
                paused.add(mortal);
            }
        }
        topic.goAway(random.nextBoolean());
        pass(random.nextInt(100));
        topic.goAway(false);
        paused.forEach(FlakyStore::resume);
    }

    private FlakyStore replica(Installation installation, long seed, Topic topic) {
        FlakyStore flaky = new FlakyStore(installation.store(), seed, 0.05);
        replicas.add(flaky);
        ObjectStore view = flaky.view();
        String writer = "replica " + seed;
        installation.evaluator(view, installation.handler(view, models, writer), writer, topic);
        return flaky;
    }

    /** Replays the line: each entry says what the gate says of that run and the version that the label pointed at. */
    private static void checkDecisions(Installation installation, List<DecisionEntry> line) {
        Optional<Target> label = Optional.empty();
        for (DecisionEntry entry : line) {
            String run = entry.cause().substring(entry.cause().indexOf('/') + 1);
            LabelDecision decision = LabelDecision.of(entry);
            assertThat(decision.before()).isEqualTo(label);
            int champion =
                    label.map(target -> RUNS.get(runOf(installation, target))).orElse(0);
            boolean passes = RUNS.get(run) >= champion - MAX_REGRESSION && RUNS.get(run) >= TinyDataset.VALIDATION / 2;
            assertThat(decision.promotes()).as("%s: %s", run, decision.reason()).isEqualTo(passes);
            if (passes) {
                assertThat(runOf(installation, decision.label().orElseThrow())).isEqualTo(run);
            }
            label = decision.label();
        }
    }

    private static String runOf(Installation installation, Target target) {
        return installation
                .registry()
                .version(MODEL, target.version())
                .orElseThrow()
                .runId();
    }

    private static void checkPublishing(Map<String, Event> published, List<DecisionEntry> line) {
        List<String> ids = List.copyOf(published.keySet());
        for (DecisionEntry entry : line) {
            List<String> own = ids.stream()
                    .filter(id -> id.startsWith(entry.cause() + "/") || id.equals(entry.eventId()))
                    .toList();
            List<String> types =
                    own.stream().map(id -> published.get(id).type()).toList();
            if (LabelDecision.of(entry).promotes()) {
                assertThat(types).containsExactly("evaluation-completed", "model-published", "model-promoted");
                assertThat(payload(EventType.MODEL_PUBLISHED, published.get(own.get(1)))
                                .getVersion())
                        .isEqualTo(payload(EventType.MODEL_PROMOTED, published.get(own.get(2)))
                                .getVersion());
            } else {
                assertThat(types).containsExactly("evaluation-completed", "model-rejected");
            }
        }
    }

    private static void pass(int millis) {
        patiently().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }

    /** The replicas' deaths are no failures. */
    private static ConditionFactory patiently() {
        return await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(30));
    }
}
