package io.catwalk.chassis.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;

import io.catwalk.journal.job.JobResult;
import io.catwalk.objectstore.JobKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JobMetrics metrics = new JobMetrics(registry, JobKind.EVALUATION);

    @Test
    void countsFromZeroAndKnowsNothingOfOpenJobsBeforeTheFirstPoll() {
        assertThat(shown())
                .isEqualTo(Map.of(
                        "catwalk.jobs evaluation succeeded", 0.0,
                        "catwalk.jobs evaluation failed", 0.0,
                        "catwalk.jobs evaluation cancelled", 0.0));
    }

    @Test
    void showsTheLastPoll() {
        metrics.polled(3, 2);
        assertThat(shown())
                .containsEntry("catwalk.jobs.open evaluation", 3.0)
                .containsEntry("catwalk.jobs.unreadable evaluation", 2.0);
        metrics.polled(0, 0);
        assertThat(shown())
                .containsEntry("catwalk.jobs.open evaluation", 0.0)
                .containsEntry("catwalk.jobs.unreadable evaluation", 0.0);
    }

    @Test
    void countsWhatCameOfJobs() {
        metrics.concluded(JobResult.Outcome.SUCCEEDED);
        metrics.concluded(JobResult.Outcome.SUCCEEDED);
        metrics.concluded(JobResult.Outcome.FAILED);
        assertThat(shown())
                .containsEntry("catwalk.jobs evaluation succeeded", 2.0)
                .containsEntry("catwalk.jobs evaluation failed", 1.0)
                .containsEntry("catwalk.jobs evaluation cancelled", 0.0);
    }

    @Test
    void anotherKindHasSeriesOfItsOwn() {
        JobMetrics other = new JobMetrics(registry, JobKind.RUN);
        metrics.polled(3, 0);
        other.polled(1, 0);
        other.concluded(JobResult.Outcome.CANCELLED);
        assertThat(shown())
                .containsEntry("catwalk.jobs.open evaluation", 3.0)
                .containsEntry("catwalk.jobs.open run", 1.0)
                .containsEntry("catwalk.jobs run cancelled", 1.0)
                .containsEntry("catwalk.jobs evaluation cancelled", 0.0);
    }

    private Map<String, Double> shown() {
        return registry.getMeters().stream()
                .collect(Collectors.toMap(
                        meter -> meter.getId().getName() + " "
                                + meter.getId().getTags().stream()
                                        .map(tag -> tag.getValue())
                                        .collect(Collectors.joining(" ")),
                        meter -> meter.measure().iterator().next().getValue()));
    }
}
