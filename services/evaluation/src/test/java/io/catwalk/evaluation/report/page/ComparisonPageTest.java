package io.catwalk.evaluation.report.page;

import static io.catwalk.evaluation.comparison.ComparisonFixture.comparison;
import static io.catwalk.evaluation.comparison.ComparisonFixture.run;
import static io.catwalk.evaluation.comparison.ComparisonFixture.unpredicted;
import static io.catwalk.evaluation.report.page.ParsedPage.attributes;
import static io.catwalk.evaluation.report.page.ParsedPage.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.evaluation.comparison.ComparedRun;
import io.catwalk.evaluation.comparison.Comparison;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ComparisonPageTest {
    private static final ComparedRun PLAIN = run("A", "plain", 0, 0, 2, 0, 1);
    private static final ComparedRun DROPOUT = run("B", "dropout", 0, 1, 1, 0, 0);
    private static final Comparison TWO = comparison(PLAIN, DROPOUT);

    @Test
    void equalComparisonsGiveEqualBytes() {
        assertThat(new ComparisonPage().render(TWO)).isEqualTo(new ComparisonPage().render(TWO));
    }

    @Test
    void showsEverySection() throws Exception {
        Document page = parse(TWO);

        assertThat(texts(page, "h1")).containsExactly("plain, dropout");
        assertThat(texts(page, "h2"))
                .containsExactly("Runs", "Training", "Overfitting", "Where they disagree on the test set");
        assertThat(texts(page, "h3"))
                .containsExactly(
                        "A and B", "Only A is right: 1", "Only B is right: 1", "Both wrong, each in its way: 1");
    }

    @Test
    void laysEachRunsLinesOverTheOthers() throws Exception {
        Document page = parse(TWO);

        assertThat(attributes(page, "g", "class"))
                .containsSubsequence("run-a dashed", "run-a", "run-b dashed", "run-b");
        assertThat(texts(page, "text")).contains("A 0.8000", "B 0.8000").doesNotContain("A training 0.2000");
        assertThat(attributes(page, "circle", "class").stream().filter("best"::equals))
                .hasSize(4);
    }

    @Test
    void everyRunHasItsAccuracyInValidationBesideThatOfTheTest() throws Exception {
        Document page = parse(TWO);

        assertThat(texts(page, "th"))
                .containsSubsequence("Validation accuracy", "Test accuracy", "A plain", "B dropout");
        assertThat(texts(page, "td")).containsSequence("0.6000 (2)", "17.9407", "0.7500", "0.6000");
    }

    @Test
    void namesOverfittingRunsAndTheCriterion() throws Exception {
        assertThat(texts(parse(TWO), "li"))
                .contains("A doesn't overfit by this criterion. Its validation loss was lowest after epoch 2, 0.6000.");
        assertThat(texts(parse(TWO), "p"))
                .anyMatch(text -> text.startsWith("A run overfits when")
                        && text.contains("3 epochs in a row")
                        && text.contains("more than 10 % above"));
    }

    @Test
    void countsAndTestsThePair() throws Exception {
        assertThat(texts(parse(TWO), "td")).endsWith("1", "1", "1", "2", "exact", "1.0000", "may be chance");
    }

    @Test
    void showsTheImagesWithBothPredictions() throws Exception {
        Document page = parse(TWO);

        assertThat(texts(page, "li"))
                .endsWith(
                        "A Trouser, B Bag is Trouser", "A Ankle boot, B Bag is Bag", "A Bag, B Trouser is Ankle boot");
        assertThat(attributes(page, "img", "src")).hasSize(3).allMatch(source -> source.startsWith("data:image/png;"));
    }

    @Test
    void thresholdsFollowTheNumberOfPairs() throws Exception {
        Comparison three = comparison(PLAIN, DROPOUT, run("C", "third", 0, 0, 1, 2, 2));

        assertThat(texts(parse(TWO), "p")).anyMatch(text -> text.contains("p below 0.05 isn't taken for chance."));
        assertThat(texts(parse(three), "p")).anyMatch(text -> text.contains("p below 0.05 / 3 = 0.017"));
    }

    @Test
    void aRunWithoutPredictionsIsShownAndNamed() throws Exception {
        Document page = parse(comparison(PLAIN, unpredicted("B", "old")));

        assertThat(texts(page, "p")).contains("The evaluation of B kept no predictions, as those of earlier releases.");
        assertThat(texts(page, "h3")).isEmpty();
        assertThat(texts(page, "th")).contains("B old");
    }

    private static Document parse(Comparison comparison) throws Exception {
        return ParsedPage.parse(new ComparisonPage().render(comparison));
    }
}
