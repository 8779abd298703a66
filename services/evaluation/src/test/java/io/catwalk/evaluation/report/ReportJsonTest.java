package io.catwalk.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.gate.Opponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportJsonTest {
    @Test
    void equalReportsGiveEqualBytes() {
        assertThat(ReportJson.write(ReportFixture.report())).isEqualTo(ReportJson.write(ReportFixture.report()));
    }

    @Test
    void theCurvesOrderIsNoPartOfTheReport() {
        var reversed = ReportFixture.report(ReportFixture.NAMES, ReportFixture.CURVE.reversed());

        assertThat(ReportJson.write(reversed)).isEqualTo(ReportJson.write(ReportFixture.report()));
    }

    @Test
    void readsWhatItWrote() {
        var report = ReportFixture.report();

        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }

    @Test
    void readsAReportWithoutAChampion() {
        var report = ReportFixture.report();
        var assessment = new Assessment(
                report.assessment().gate(),
                new Opponent.None(),
                report.assessment().verdict());
        var first = new EvaluationReport(
                report.schema(),
                report.run(),
                report.labelNames(),
                report.validation(),
                report.test(),
                List.of(),
                report.samples(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                assessment);

        assertThat(json(first)).contains("\"kind\" : \"none\"").contains("\"curve\" : [ ]");
        assertThat(ReportJson.read(ReportJson.write(first))).isEqualTo(first);
    }

    @Test
    void namesFiguresAsPeopleAndOtherToolsReadThem() {
        assertThat(json(ReportFixture.report()))
                .startsWith("{\n  \"schema\" : 1,\n  \"run\" : {\n    \"runId\" : \"run-7\",")
                .contains("\"accuracy\" : 0.6,")
                .contains("\"rows\" : [ [ 2, 0, 0 ], [ 0, 1, 0 ], [ 1, 1, 0 ] ]")
                .contains("\"split\" : \"validation\"")
                .contains("\"decision\" : \"promote\",")
                .contains("\"probability\" : 0.875")
                .contains("\"thresholds\" : [ 0.625, 1.0, 0.125 ]")
                .contains("\"suggestedProbability\" : 0.875");
    }

    @Test
    void showsEmptyClassesAndReadsAReportOfBeforeThat() {
        String json = json(ReportFixture.report());
        String earlier = json.replaceAll(",\\s*\"emptyClasses\" : \\[ \\]", "");

        assertThat(json).contains("\"emptyClasses\" : [ ]");
        assertThat(earlier).doesNotContain("emptyClasses");
        assertThat(ReportJson.read(earlier.getBytes(StandardCharsets.UTF_8))).isEqualTo(ReportFixture.report());
    }

    @Test
    void readsAReportOfBeforePredictionsWereKept() {
        String earlier = json(ReportFixture.report()).replaceFirst("\\s*\"testPredictions\" : null,", "");

        assertThat(earlier).doesNotContain("testPredictions");
        assertThat(ReportJson.read(earlier.getBytes(StandardCharsets.UTF_8))).isEqualTo(ReportFixture.report());
    }

    @Test
    void readsAReportOfBeforeSuspectsWereLookedFor() {
        String earlier = json(ReportFixture.report())
                .replaceFirst("\\s*\"testConfidences\" : null,", "")
                .replaceFirst("(?s)\\s*\"suspects\" : \\{.*?\\} \\]\\s*\\},", "");

        assertThat(earlier).doesNotContain("testConfidences").doesNotContain("suspects");
        EvaluationReport read = ReportJson.read(earlier.getBytes(StandardCharsets.UTF_8));
        assertThat(read.suspects()).isEmpty();
        assertThat(read.testConfidences()).isEmpty();
        assertThat(read.samples()).isEqualTo(ReportFixture.report().samples());
    }

    @Test
    void ignoresUnknownFields() {
        String later = json(ReportFixture.report()).replaceFirst("\\{", "{ \"calibration\" : 0.1,");

        assertThat(ReportJson.read(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(ReportFixture.report());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"schema\":2}"})
    void refusesWhatIsNoReport(String text) {
        assertThatThrownBy(() -> ReportJson.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("not an evaluation report");
    }

    private static String json(EvaluationReport report) {
        return new String(ReportJson.write(report), StandardCharsets.UTF_8);
    }
}
