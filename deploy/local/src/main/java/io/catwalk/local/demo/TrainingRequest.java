package io.catwalk.local.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The demo's one request. */
record TrainingRequest(String runId, int epochs, String network) {
    static final String DATASET = "fashion-mnist";
    static final String MODEL = "fashion";
    static final String TOPIC = "training-requested";

    private static final long SEED = 42;
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    static TrainingRequest of(DemoArguments arguments, Instant now) {
        return new TrainingRequest("demo-" + RUN_TIME.format(now), arguments.epochs(), arguments.network());
    }

    /** As written with a console producer. */
    String toJson() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode()
                .put("runId", runId)
                .put("dataset", DATASET)
                .put("model", MODEL)
                .put("network", network)
                .put("epochs", epochs)
                .put("seed", SEED)
                .put("testEachEpoch", false);
        try {
            return mapper.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("text and numbers always make JSON", e);
        }
    }
}
