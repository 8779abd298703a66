package io.catwalk.evaluation.rollout.job;

import static io.catwalk.evaluation.Installation.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;

import io.catwalk.evaluation.FakeModels;
import io.catwalk.evaluation.Installation;
import io.catwalk.evaluation.rollout.PublishedVersions;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.Topic;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.Test;

class TestSetDisagreementTest {
    private final Installation installation = new Installation();
    private final TestSetDisagreement disagreement =
            new TestSetDisagreement(installation.registry(), installation.blobs());

    @Test
    void countsImagesThatTwoVersionsTakeForDifferentClasses() throws Exception {
        FakeModels models = new FakeModels();
        JobRunner evaluator = installation.evaluator(
                installation.store(), installation.handler(installation.store(), models, "w"), "w", new Topic(2));
        for (int right : List.of(18, 17)) {
            String run = "r" + right;
            installation.accept(installation.trained(run, models.right(right)));
            await().until(() ->
                    installation.evaluations().find(new Name(run)).orElseThrow().closed());
        }
        evaluator.stop();

        assertThat(disagreement.of(MODEL, 2, 1)).contains(1.0 / 20);
        assertThat(disagreement.of(MODEL, 1, 1)).contains(0.0);
        assertThat(disagreement.of(MODEL, 1, 3)).isEmpty();
    }

    /** Of other test sets, or with a report that is gone. */
    @Test
    void saysNothingOfVersionsThatCannotBeCompared() throws Exception {
        PublishedVersions.publish(installation.registry(), MODEL, 1);
        PublishedVersions.publish(installation.registry(), MODEL, 2);

        assertThat(disagreement.of(MODEL, 1, 2)).isEmpty();
        assertThat(disagreement.of(MODEL, 1, 1)).isEmpty();
    }
}
