package io.catwalk.evaluation.promotion;

import static io.catwalk.evaluation.Installation.CLOCK;
import static io.catwalk.evaluation.Installation.MODEL;
import static io.catwalk.evaluation.Installation.SETTINGS;
import static io.catwalk.evaluation.Installation.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;

import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.errors.UnmeetableRequestException;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.evaluation.FakeModels;
import io.catwalk.evaluation.Installation;
import io.catwalk.evaluation.registry.ClaimedPromotion;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.events.EventType;
import io.catwalk.events.request.PromotionRequest;
import io.catwalk.journal.Asker;
import io.catwalk.journal.FaultyStore;
import io.catwalk.journal.RetryingPublisher;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.Topic;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromotionsTest {
    private static final Asker ASKER = Asker.of(new Asker.KafkaRecord("promotion-requested", 2, 41, "/shop"));

    private final Installation installation = new Installation();
    private final FakeModels models = new FakeModels();
    private final Topic topic = new Topic(1);
    private final Promotions promotions = promotions(installation.registry());

    /** Versions 1 and 2 are published; a third was given a number and then refused. */
    @BeforeEach
    void publishTwoVersions() throws Exception {
        JobRunner evaluator = installation.evaluator(
                installation.store(), installation.handler(installation.store(), models, "w"), "w", new Topic(2));
        for (String run : List.of("r1", "r2")) {
            installation.accept(installation.trained(run, models.right(18)));
            await().until(() ->
                    installation.evaluations().find(new Name(run)).orElseThrow().closed());
        }
        evaluator.stop();
        Registry registry = installation.registry();
        registry.create(registry.version(MODEL, 2).orElseThrow().numbered(3));
    }

    @Test
    void rollsALabelBack() throws Exception {
        assertThat(promotions.promote(request("p1", "stable", 1), ASKER)).isEqualTo(EventOutcome.ACCEPTED);

        DecisionEntry entry = line("stable").getLast();
        assertThat(entry.number()).isEqualTo(3);
        assertThat(entry.cause()).isEqualTo("promotions/p1");
        assertThat(entry.askedBy()).contains(ASKER);
        assertThat(LabelDecision.of(entry).label().orElseThrow().version()).isEqualTo(1);
        assertThat(topic.ids()).containsExactly("models/fashion/labels/stable/journal/3");
        ModelPromoted promoted = payload(
                EventType.MODEL_PROMOTED, topic.events().values().iterator().next());
        assertThat(promoted.getVersion()).isEqualTo(1);
        assertThat(promoted.getPreviousVersion()).isEqualTo(2);
        assertThat(promoted.getCause()).isEqualTo("promotions/p1");
        assertThat(promoted.getEntry()).isEqualTo(3);
    }

    /** An old request moves no label back, however late it is delivered again. */
    @Test
    void republishesARepeatedRequestWithoutMovingTheLabel() throws Exception {
        promotions.promote(request("p1", "stable", 1), ASKER);
        promotions.promote(request("p2", "stable", 2), ASKER);

        assertThat(promotions.promote(request("p1", "stable", 1), ASKER)).isEqualTo(EventOutcome.REPEATED);

        assertThat(line("stable")).hasSize(4);
        assertThat(LabelDecision.target(line("stable")).orElseThrow().version()).isEqualTo(2);
        assertThat(topic.ids()).hasSize(2);
    }

    @Test
    void beginsANewLabel() throws Exception {
        promotions.promote(request("p1", "canary", 2), ASKER);

        assertThat(topic.ids()).containsExactly("models/fashion/labels/canary/journal/1");
        assertThat(LabelDecision.of(line("canary").getLast()).before()).isEmpty();
        assertThat(line("stable")).hasSize(2);
    }

    @Test
    void refusesAnIdThatBelongsToAnotherRequest() throws Exception {
        promotions.promote(request("p1", "stable", 1), ASKER);

        assertThatThrownBy(() -> promotions.promote(request("p1", "stable", 2), ASKER))
                .isInstanceOf(ConflictingRequestException.class)
                .hasMessage("promotionId is p1, which belongs to the promotion of fashion/1 to stable;"
                        + " choose another id");
        assertThatThrownBy(() -> promotions.promote(request("p1", "canary", 1), ASKER))
                .isInstanceOf(ConflictingRequestException.class);
        assertThat(line("stable")).hasSize(3);
        assertThat(line("canary")).isEmpty();
    }

    /** What it takes doesn't grow with other models, their labels and their lines. */
    @Test
    void aPromotionReadsNoOtherLabelsJournal() throws Exception {
        FaultyStore store = new FaultyStore(installation.store());
        Promotions others = promotions(new Registry(installation.store(), "others", SETTINGS.retry()));
        for (int label = 0; label < 20; label++) {
            others.promote(request("other-" + label, "label-" + label, 1), ASKER);
        }
        Promotions measured = promotions(new Registry(store.view(), "measured", SETTINGS.retry()));
        measured.promote(request("p1", "stable", 1), ASKER);
        int readsOfTheFirst = store.calls("read");

        measured.promote(request("p2", "stable", 2), ASKER);

        assertThat(readsOfTheFirst).isLessThan(25);
        assertThat(store.calls("read") - readsOfTheFirst).isLessThan(15);
        assertThat(store.calls("list") + store.calls("listFolders")).isZero();
    }

    /** Of a release that claimed no ids. */
    @Test
    void republishesARequestOfAnOlderRelease() throws Exception {
        promotions.promote(request("p1", "stable", 1), ASKER);
        installation.store().delete(Artifacts.promotion(new Name("p1")));

        assertThat(promotions.promote(request("p1", "stable", 1), ASKER)).isEqualTo(EventOutcome.REPEATED);

        assertThatThrownBy(() -> promotions.promote(request("p1", "stable", 2), ASKER))
                .isInstanceOf(ConflictingRequestException.class);
        assertThat(line("stable")).hasSize(3);
    }

    @Test
    void refusesAnIdWhoseClaimIsDamaged() {
        installation.store().put(Artifacts.promotion(new Name("p1")), new byte[] {1});

        assertThatThrownBy(() -> promotions.promote(request("p1", "stable", 1), ASKER))
                .isInstanceOf(UnmeetableRequestException.class)
                .hasMessage("promotionId is p1: models/_promotions/p1.json isn't a promotion");
    }

    /** As if the process had been killed between the two. */
    @Test
    void aClaimedIdWithoutAnEntryIsPromotedByItsRedelivery() throws Exception {
        installation.registry().claim(new Name("p1"), new ClaimedPromotion(MODEL.value(), "stable", 1));

        assertThat(promotions.promote(request("p1", "stable", 1), ASKER)).isEqualTo(EventOutcome.ACCEPTED);
        assertThat(line("stable")).hasSize(3);
    }

    @Test
    void refusesVersionsThatNoEvaluationPassed() {
        for (long version : new long[] {3, 4}) {
            assertThatThrownBy(() -> promotions.promote(request("p1", "stable", version), ASKER))
                    .isInstanceOf(UnmeetableRequestException.class)
                    .hasMessage("version is " + version + ", must be a published version of fashion");
        }
        assertThat(line("stable")).hasSize(2);
        assertThat(topic.ids()).isEmpty();
    }

    @Test
    void refusesAVersionWhoseManifestIsDamaged() {
        installation.store().put(Artifacts.modelVersion(MODEL, 1), new byte[] {1});

        assertThatThrownBy(() -> promotions.promote(request("p1", "stable", 1), ASKER))
                .isInstanceOf(UnmeetableRequestException.class)
                .hasMessageStartingWith("version is 1: models/fashion/versions/1.json isn't a version's manifest");
    }

    private Promotions promotions(Registry registry) {
        return new Promotions(registry, new RetryingPublisher(topic, SETTINGS.retry()), SETTINGS.retry(), CLOCK);
    }

    private List<DecisionEntry> line(String label) {
        return installation.registry().labelJournal(MODEL, new Name(label)).entries();
    }

    private static PromotionRequest request(String id, String label, long version) {
        return new PromotionRequest(id, MODEL.value(), label, version, Optional.empty());
    }
}
