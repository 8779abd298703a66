package io.catwalk.installation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.catwalk.client.PipelineClient;
import io.catwalk.dataset.ImageSet;
import io.catwalk.installation.InstallationException;
import io.catwalk.installation.Patience;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.InMemoryObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineCheckTest {
    private static final String PROMOTED = """
            {"state":"succeeded","decided":{"decision":\
            {"outcome":"promoted","candidate":{"version":7},"reason":"first version"}}}""";

    private Duration predictFor = Duration.ZERO;
    private final FakePipeline pipeline = new FakePipeline();
    private final InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());

    @BeforeEach
    void everythingWorks() {
        pipeline.on("POST /datasets", 202, "{}")
                .on("POST /runs", 202, "{}")
                .on("GET /ingestions/c1", 404, "{}")
                .on("GET /ingestions/c1", 200, "{\"state\":\"running\"}")
                .on("GET /ingestions/c1", 200, "{\"state\":\"succeeded\"}");
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void passesWhenEachStepDoes() {
        pipeline.on("GET /runs/c1", 200, "{\"state\":\"running\"}")
                .on("GET /runs/c1", 200, "{\"state\":\"completed\"}")
                .on("GET /evaluations/c1", 200, PROMOTED)
                .on("POST /v1/models", 404, "{}")
                .on("POST /v1/models", 200, predictions(0), "6")
                .on("POST /v1/models", 200, predictions(1), "7");

        assertThatCode(this::check).doesNotThrowAnyException();
        assertThat(store.list(new Folder("incoming/installation-check/"))).hasSize(4);
        assertThat(pipeline.calls())
                .startsWith("POST /datasets")
                .endsWith("POST /v1/models/installation-check:predict");
    }

    @Test
    void failsWithTheRunsReason() {
        pipeline.on("GET /runs/c1", 200, "{\"state\":\"failed\",\"reason\":\"loss is NaN at step 3\"}");

        assertThatThrownBy(this::check)
                .isInstanceOf(InstallationException.class)
                .hasMessage("the run failed: loss is NaN at step 3");
    }

    @Test
    void failsWhenTheGateRefuses() {
        pipeline.on("GET /runs/c1", 200, "{\"state\":\"completed\"}").on("GET /evaluations/c1", 200, """
                {"state":"succeeded","decided":{"decision":{"outcome":"refused","reason":"worse"}}}""");

        assertThatThrownBy(this::check)
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("wasn't promoted")
                .hasMessageContaining("worse");
    }

    @Test
    void failsWhenMoreThanOnePredictionIsWrong() {
        pipeline.on("GET /runs/c1", 200, "{\"state\":\"completed\"}")
                .on("GET /evaluations/c1", 200, PROMOTED)
                .on("POST /v1/models", 200, predictions(2), "7");

        assertThatThrownBy(this::check).hasMessageContaining("14 of 16 predictions are right");
    }

    @Test
    void goesOnPredictingUntilTheTimeIsUp() {
        predictFor = Duration.ofMillis(200);
        allPromoted();
        pipeline.on("POST /v1/models", 200, predictions(0), "7");

        assertThatCode(this::check).doesNotThrowAnyException();
        assertThat(pipeline.calls().stream().filter(call -> call.startsWith("POST /v1/models")))
                .hasSizeGreaterThan(2);
    }

    @Test
    void failsWhenOneOfManyRequestsDoes() {
        predictFor = Duration.ofMinutes(1);
        allPromoted();
        pipeline.on("POST /v1/models", 200, predictions(0), "7")
                .on("POST /v1/models", 200, predictions(0), "7")
                .on("POST /v1/models", 503, "{}");

        assertThatThrownBy(this::check).hasMessageContaining("request 2 failed").hasMessageContaining("503");
    }

    @Test
    void failsAtOnceForARequestThatIsRefused() {
        pipeline.on("GET /runs/c1", 400, "{\"error\":\"no\"}");

        assertThatThrownBy(this::check).hasMessageContaining("was answered with 400");
    }

    private void allPromoted() {
        pipeline.on("GET /runs/c1", 200, "{\"state\":\"completed\"}").on("GET /evaluations/c1", 200, PROMOTED);
    }

    /** The right class for all but the first {@code wrong} images. */
    private static String predictions(int wrong) {
        ImageSet images = CheckDataset.create().test();
        return IntStream.range(0, 16)
                .mapToObj(
                        image -> probabilities((images.label(image) + (image < wrong ? 1 : 0)) % CheckDataset.CLASSES))
                .collect(Collectors.joining(",", "{\"predictions\":[", "]}"));
    }

    private static String probabilities(int highest) {
        return IntStream.range(0, CheckDataset.CLASSES)
                .mapToObj(label -> label == highest ? "0.9" : "0.03")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private void check() throws InterruptedException {
        try (PipelineClient client = pipeline.client()) {
            Patience patience = new Patience(Duration.ofSeconds(10), Duration.ofMillis(5), InstantSource.system());
            new PipelineCheck(store, client, patience).run("c1", predictFor);
        }
    }
}
