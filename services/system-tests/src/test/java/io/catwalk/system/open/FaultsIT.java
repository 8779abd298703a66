package io.catwalk.system.open;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.catwalk.events.EventType;
import io.catwalk.local.process.FullDisk;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import io.catwalk.system.StackHistory;
import io.catwalk.system.fault.Line;
import io.catwalk.system.fault.Network;
import io.catwalk.system.fault.StoreFault;
import io.catwalk.system.fault.StoreRequest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that are killed, networks that fail and disks that fill up during a run. The run ends once, publishes one version, and
 * gets the same weights as the same run undisturbed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
    private static final int EPOCHS = 20;
    /** Far enough that a checkpoint is there, and far from the end. */
    private static final int DISTURBED_EPOCH = 6;
    /** What one request of five to the store meets. */
    private static final List<StoreFault> TROUBLES = List.of(
            StoreFault.RESET,
            StoreFault.BODY_CUT,
            StoreFault.ANSWER_CUT,
            StoreFault.ANSWER_LOST,
            StoreFault.UNAVAILABLE);

    private final Pipeline pipeline = SharedPipelines.open();
    private final String undisturbedWeights;

    FaultsIT() {
        request("undisturbed");
        undisturbedWeights = pipeline.awaitTrained("undisturbed").getWeightsDigest();
    }

    @AfterEach
    void heal() {
        pipeline.network().heal();
    }

    @Tag("fault-1")
    @Tag("fault-4")
    @ParameterizedTest
    @ValueSource(strings = {"broker", "training"})
    void aRunSurvivesAProcessThatIsKilledOnTheWay(String victim) {
        killed(victim);
    }

    @Tag("fault-1")
    @Tag("soak")
    @Test
    void aRunSurvivesAStoreThatIsKilledOnTheWay() {
        killed("store");
    }

    private void killed(String victim) {
        String run = "without-" + victim;
        request(run);
        awaitEpoch(run, DISTURBED_EPOCH);
        pipeline.stack().kill(victim);
        pipeline.stack().restart(victim);
        assertWhole(run);
        when().get(pipeline.training("/runs/" + run)).then().body("attempts", is(victim.equals("training") ? 2 : 1));
    }

    @Test
    void anEvaluationSurvivesItsProcess() {
        String run = "without-evaluation";
        request(run);
        pipeline.awaitTrained(run);
        pipeline.stack().kill("evaluation");
        pipeline.stack().restart("evaluation");
        assertWhole(run);
    }

    /** The journal has what the event asks for. */
    @Tag("fault-6")
    @Tag("soak")
    @Test
    void anEvaluationThatDiesBeforeItAcknowledgesAnEventMakesNoSecondVersion() {
        dieAt("append.accepted.after@1");
    }

    /** A version is told of, and nobody knows that the broker has acknowledged it. */
    @Tag("fault-6")
    @Tag("soak")
    @Test
    void anEvaluationThatDiesOnceItHasToldOfAVersionMakesNoSecondOne() {
        dieAt("publish.model-published.after@1");
    }

    private void dieAt(String seam) {
        String run = "evaluation-" + seam.replaceAll("[^a-z]+", "-").replaceAll("-$", "");
        pipeline.stack().restart("evaluation", Map.of("CATWALK_FAILPOINT", seam));
        pipeline.stack().awaitReady("evaluation");
        long doomed = pipeline.stack().pid("evaluation");
        request(run);
        await("evaluation dies at " + seam)
                .atMost(Pipeline.TIMEOUT)
                .until(() ->
                        ProcessHandle.of(doomed).filter(ProcessHandle::isAlive).isEmpty());
        pipeline.stack().restart("evaluation");
        assertWhole(run);
    }

    @Tag("fault-2")
    @Tag("soak")
    @Test
    void servicesThatStartBeforeBrokerAndStoreAreReadyOnceThoseAre() {
        pipeline.stack().kill("broker");
        pipeline.stack().kill("store");
        Network.SERVICES.forEach(pipeline.stack()::restart);
        List<Long> started =
                Network.SERVICES.stream().map(pipeline.stack()::pid).toList();
        for (String service : Network.SERVICES) {
            await(service + " answers its probes")
                    .atMost(Pipeline.TIMEOUT)
                    .ignoreExceptions()
                    .until(() -> pipeline.probe(service, "live") == 200);
        }
        await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(8)).untilAsserted(() -> {
            assertThat(Network.SERVICES).allMatch(service -> pipeline.probe(service, "live") == 200);
            assertThat(Network.SERVICES).allMatch(service -> pipeline.probe(service, "ready") == 503);
        });

        pipeline.stack().restart("store");
        pipeline.stack().restart("broker");

        Network.SERVICES.forEach(pipeline.stack()::awaitReady);
        request("after-start");
        assertWhole("after-start");
        assertThat(Network.SERVICES.stream().map(pipeline.stack()::pid)).isEqualTo(started);
        assertThat(started).allMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Tag("fault-16")
    @Tag("fault-17")
    @Tag("soak")
    @Test
    void aRunSurvivesAStoreThatFailsOneRequestOfFive() {
        disturbed(
                "store-fails", request -> request.number() % 5 == 0 ? trouble(request.number() / 5) : StoreFault.NONE);
    }

    private static StoreFault trouble(long number) {
        return TROUBLES.get((int) (number % TROUBLES.size()));
    }

    @Tag("fault-17")
    @Tag("soak")
    @Test
    void aRunSurvivesEverySecondAnswerToAWriteBeingLost() {
        disturbed(
                "answers-lost",
                request -> request.writes() && request.number() % 2 == 0 ? StoreFault.ANSWER_LOST : StoreFault.NONE);
    }

    private void disturbed(String run, Function<StoreRequest, StoreFault> faults) {
        long before = pipeline.network().storeRequests().disturbed();
        pipeline.network().storeRequests().disturb(faults);
        request(run);
        pipeline.awaitPromoted("evaluations/" + run);
        pipeline.network().heal();
        assertThat(pipeline.network().storeRequests().disturbed() - before).isGreaterThan(20);
        assertWhole(run);
    }

    @Tag("fault-18")
    @Test
    void anUploadInPartsThatIsBrokenOffIsNeverVisible() {
        List<ObjectSummary> before = blobs();
        AtomicBoolean inParts = new AtomicBoolean();
        pipeline.network().storeRequests().disturb(request -> {
            boolean later =
                    request.query().contains("partNumber=") && !request.query().contains("partNumber=1&");
            inParts.compareAndSet(false, later);
            return later ? StoreFault.IGNORED : StoreFault.NONE;
        });
        // More than the 5 MiB of one part.
        pipeline.send("dataset-requested", """
                {"dataset": "in-parts", "validationSize": 10, "source": {"folder": "%s"}}""".formatted(pipeline.source("in-parts", 9, 9_000)));
        await().atMost(Pipeline.TIMEOUT).until(inParts::get);
        pipeline.stack().kill("ingestion");
        pipeline.network().heal();

        assertThat(blobs()).allMatch(blob -> blob.size() < 5 << 20).containsAll(before);
        pipeline.stack().restart("ingestion");
        pipeline.topics()
                .await(EventType.DATASET_READY, ready -> ready.getDataset().equals("in-parts"));
        assertThat(blobs()).anyMatch(blob -> blob.size() > 5 << 20);
    }

    private List<ObjectSummary> blobs() {
        return StackHistory.store(pipeline.stack()).list(Artifacts.blobs());
    }

    @Tag("fault-23")
    @Tag("soak")
    @Test
    void aRunSurvivesAStoreWithoutRoom() {
        String run = "no-room-in-store";
        request(run);
        awaitEpoch(run, DISTURBED_EPOCH);
        FullDisk.during(pipeline.stack().pid("store"), this::assertThatThePipelineSaysSo);
        assertWhole(run);
        when().get(pipeline.training("/runs/" + run)).then().body("attempts", is(1));
    }

    private void assertThatThePipelineSaysSo() {
        String answer = given().contentType(ContentType.JSON)
                .body(Pipeline.trainingRequest("without-room", "without-room", "\"epochs\": 1, \"publish\": false"))
                .post(pipeline.training("/runs"))
                .then()
                .statusCode(503)
                .extract()
                .path("error");
        assertThat(answer).contains("store");
    }

    @Tag("fault-23")
    @Tag("soak")
    @Test
    void aRunSurvivesABrokerWithoutRoom() {
        String run = "no-room-in-broker";
        request(run);
        awaitEpoch(run, DISTURBED_EPOCH);
        long broker = pipeline.stack().pid("broker");
        FullDisk.during(
                broker,
                () -> await("the broker gives up, as Kafka does without a log that it can write")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> ended(broker)));
        pipeline.stack().restart("broker");
        assertWhole(run);
        when().get(pipeline.training("/runs/" + run)).then().body("attempts", is(1));
    }

    @Tag("fault-3")
    @Tag("soak")
    @Test
    void aRunSurvivesABrokerThatIsSilent() {
        String run = "silent-broker";
        request(run);
        awaitEpoch(run, DISTURBED_EPOCH);
        pipeline.network().eachBroker(line -> line.set(Line.HALF_OPEN));
        await().during(Duration.ofSeconds(12))
                .atMost(Duration.ofSeconds(18))
                .untilAsserted(
                        () -> assertThat(Network.SERVICES).allMatch(service -> pipeline.probe(service, "live") == 200));
        pipeline.network().heal();
        assertWhole(run);
        when().get(pipeline.training("/runs/" + run)).then().body("attempts", is(1));
    }

    private static boolean ended(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    private void request(String run) {
        pipeline.request(run, run, "\"epochs\": %d, \"checkpointInterval\": \"1s\"".formatted(EPOCHS));
    }

    private void awaitEpoch(String run, int epoch) {
        await().atMost(Pipeline.TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> when().get(pipeline.training("/runs/" + run))
                        .then()
                        .statusCode(200)
                        .body("epoch", greaterThanOrEqualTo(epoch)));
        when().get(pipeline.training("/runs/" + run)).then().body("state", is("running"));
    }

    private void assertWhole(String run) {
        WholeRun.require(pipeline, run, EPOCHS, undisturbedWeights);
    }
}
