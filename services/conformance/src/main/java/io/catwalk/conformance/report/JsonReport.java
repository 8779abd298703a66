package io.catwalk.conformance.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.conformance.check.CheckResult;

/** The results as JSON, for programs. */
public final class JsonReport {
    private JsonReport() {}

    /** {@code {server, model, date, conforms, results: [{protocol, section, source, check, level, verdict, seen}]}}. */
    public static String of(Report report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("server", report.server())
                .put("model", report.model())
                .put("date", report.date())
                .put("conforms", report.conforms());
        ArrayNode results = json.putArray("results");
        for (CheckResult result : report.results()) {
            results.addObject()
                    .put("protocol", result.section().protocol().name())
                    .put("section", result.section().title())
                    .put("source", result.section().source())
                    .put("check", result.check().name())
                    .put("level", result.check().level().name())
                    .put("verdict", result.verdict().name())
                    .put("seen", result.seen());
        }
        return json.toPrettyString();
    }
}
