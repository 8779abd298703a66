package io.catwalk.evaluation.report.page;

import static io.catwalk.evaluation.report.page.ParsedPage.attributes;
import static io.catwalk.evaluation.report.page.ParsedPage.elements;
import static io.catwalk.evaluation.report.page.ParsedPage.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.evaluation.report.CurvePoint;
import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.report.ReportFixture;
import io.catwalk.evaluation.report.Split;
import io.catwalk.evaluation.scoring.GeneratedImages;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportPageTest {
    private static final ReportPage PAGE = new ReportPage();

    @Test
    void equalReportsGiveEqualBytes() {
        assertThat(new ReportPage().render(ReportFixture.report(), ReportFixture.TEST))
                .isEqualTo(render(ReportFixture.report()));
    }

    @Test
    void showsEverySection() throws Exception {
        Document page = parse(ReportFixture.report());

        assertThat(texts(page, "h1")).containsExactly("fashion, run run-7");
        assertThat(texts(page, "h2"))
                .containsExactly(
                        "Training",
                        "Confusion matrix of the test set",
                        "Classes of the test set",
                        "Samples of the test set",
                        "Labels of the test set that look wrong: 2",
                        "Run");
        assertThat(texts(page, "dd"))
                .contains("0.6000", "run-7", "tutorial-cnn", "356,234", "42", "sha256:" + "cd".repeat(32));
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(2);
    }

    @Test
    void showsTheVerdictWithItsReason() throws Exception {
        assertThat(texts(parse(ReportFixture.report()), "p"))
                .anySatisfy(text -> assertThat(text)
                        .contains("Passes the gate")
                        .contains("against 0.4000 (2 of 5) of version 2")
                        .contains("minTestAccuracy 0.5"));
    }

    @Test
    void showsTheCountsOfTheMatrix() throws Exception {
        assertThat(texts(table(parse(ReportFixture.report()), "matrix"), "td"))
                .containsExactly("", "2", "0", "0", "0", "1", "0", "1", "1", "0");
    }

    @Test
    void showsTheMetricsOfEachClassAndTheirAverages() throws Exception {
        Element metrics = table(parse(ReportFixture.report()), "metrics");

        assertThat(texts(metrics, "th"))
                .endsWith("Trouser", "Bag", "Ankle boot", "Accuracy", "Macro average", "Weighted average");
        assertThat(texts(metrics, "td"))
                .startsWith("0.6667", "1.0000", "0.8000", "2", "0.5000", "1.0000", "0.6667", "1")
                .endsWith("0.3667", "0.6000", "0.4533", "5");
    }

    @Test
    void showsEachSampleWithItsLabelPredictionAndProbability() throws Exception {
        Document page = parse(ReportFixture.report());

        assertThat(texts(page, "li"))
                .containsExactly(
                        "Trouser 0.7500",
                        "Trouser 0.5000",
                        "Bag 1.0000",
                        "Bag is Ankle boot 0.6250",
                        "Trouser is Ankle boot 0.8750",
                        "Trouser labelled Ankle boot 0.8750",
                        "Ankle boot labelled Trouser 0.2500");
        assertThat(attributes(page, "img", "alt"))
                .startsWith("Test image 0: Trouser, recognised")
                .contains("Test image 4: Ankle boot, taken for Trouser")
                .endsWith("Test image 1: labelled Trouser, looks like Ankle boot");
    }

    @Test
    void isSelfContained() throws Exception {
        Document page = parse(ReportFixture.report());

        assertThat(attributes(page, "img", "src")).hasSize(7).allMatch(source -> source.startsWith("data:image/png;"));
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("link").getLength()).isZero();
        assertThat(texts(page, "style")).singleElement().asString().doesNotContain("url(", "@import");
    }

    @Test
    void namesAreTextWhateverTheyHold() throws Exception {
        List<String> names = List.of("<script>alert(1)</script>", "\" onload='x' & {page}", "Ankle boot");

        Document page = parse(ReportFixture.report(names, ReportFixture.CURVE));

        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(texts(table(page, "metrics"), "th")).containsAll(names);
        assertThat(attributes(page, "img", "alt")).contains("Test image 2: \" onload='x' & {page}, recognised");
        assertThat(new String(render(ReportFixture.report(names, List.of())), StandardCharsets.UTF_8))
                .doesNotContain("<script");
    }

    @Test
    void charactersThatNoPageCanHoldAreReplaced() throws Exception {
        Document page =
                parse(ReportFixture.report(List.of("a\u0000b\u001B", "\uFFFE", "T\u00e9 \uD83D\uDC62"), List.of()));

        assertThat(texts(table(page, "metrics"), "th")).contains("a\uFFFDb\uFFFD", "\uFFFD", "T\u00e9 \uD83D\uDC62");
    }

    @Test
    void aRunWithoutCurveHasNoTrainingSection() throws Exception {
        Document page = parse(ReportFixture.report(ReportFixture.NAMES, List.of()));

        assertThat(texts(page, "h2")).doesNotContain("Training");
        assertThat(page.getElementsByTagName("svg").getLength()).isZero();
    }

    @Test
    void aLongRunStaysALightPage() throws Exception {
        List<CurvePoint> curve = IntStream.rangeClosed(1, 200)
                .boxed()
                .flatMap(epoch ->
                        Arrays.stream(Split.values()).map(split -> new CurvePoint(epoch, split, 1.0 / epoch, 0.5)))
                .toList();

        byte[] page = render(ReportFixture.report(ReportFixture.NAMES, curve));

        assertThat(page).hasSizeLessThan(60_000);
    }

    @Test
    void refusesAnotherSplitThanTheScored() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PAGE.render(ReportFixture.report(), new GeneratedImages(4, 4, 1, 0, 0)))
                .withMessage("test images: 2, must be 5 as the report's");
    }

    private static byte[] render(EvaluationReport report) {
        return PAGE.render(report, ReportFixture.TEST);
    }

    private static Document parse(EvaluationReport report) throws Exception {
        return ParsedPage.parse(render(report));
    }

    private static Element table(Document page, String kind) {
        return elements(page.getElementsByTagName("table")).stream()
                .filter(table -> table.getAttribute("class").equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
