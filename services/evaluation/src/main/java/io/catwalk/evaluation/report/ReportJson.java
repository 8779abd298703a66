package io.catwalk.evaluation.report;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** {@code report.json}: equal reports give equal bytes. */
public final class ReportJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final ObjectWriter WRITER =
            MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private ReportJson() {}

    /** UTF-8, keys in the records' order, indented. */
    public static byte[] write(EvaluationReport report) {
        try {
            return WRITER.writeValueAsBytes(report);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a report is only records, lists, strings and numbers", e);
        }
    }

    /** Ignores unknown fields.
     *
     * @throws UncheckedIOException when it isn't a report of this schema */
    public static EvaluationReport read(byte[] json) {
        try {
            return MAPPER.readValue(json, EvaluationReport.class);
        } catch (IOException e) {
            throw new UncheckedIOException("not an evaluation report", e);
        }
    }
}
