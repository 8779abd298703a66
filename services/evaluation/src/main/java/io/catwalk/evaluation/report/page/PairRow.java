package io.catwalk.evaluation.report.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.catwalk.evaluation.comparison.ComparedRun;
import io.catwalk.evaluation.comparison.Comparison;
import io.catwalk.evaluation.comparison.Disagreement;
import io.catwalk.evaluation.comparison.McNemar;

/**
 * Two runs in a comparison's table, and the images that they disagree on.
 *
 * @param id unique in the page
 * @param test which of the tests, with its statistic
 * @param reading the interpretation of the probability
 */
record PairRow(
        String id,
        String name,
        String first,
        String second,
        int bothRight,
        int onlyFirst,
        int onlySecond,
        int bothWrong,
        String test,
        String probability,
        String reading,
        List<Gallery> galleries) {
    /** Pictures of each kind, five side by side. */
    private static final int SAMPLES = 10;

    static PairRow of(Disagreement pair, Comparison comparison, Significance significance) {
        McNemar test = pair.test();
        String id = OverlayPlot.kind(pair.first()) + "-" + pair.second().key().toLowerCase(Locale.ROOT);
        return new PairRow(
                id,
                pair.first().key() + " and " + pair.second().key(),
                pair.first().key(),
                pair.second().key(),
                pair.bothRight(),
                pair.onlyFirst().size(),
                pair.onlySecond().size(),
                pair.bothWrongAlike() + pair.bothWrong().size(),
                test.chiSquared()
                        .map(value -> String.format(Locale.ROOT, "chi-squared %.2f", value))
                        .orElse("exact"),
                probability(test.probability()),
                reading(pair, test, significance),
                List.of(
                        gallery(id + "-first", onlyRight(pair.first()), pair, pair.onlyFirst(), comparison),
                        gallery(id + "-second", onlyRight(pair.second()), pair, pair.onlySecond(), comparison),
                        gallery(id + "-wrong", "Both wrong, each in its way", pair, pair.bothWrong(), comparison)));
    }

    private static String onlyRight(ComparedRun run) {
        return "Only " + run.key() + " is right";
    }

    private static String probability(double probability) {
        return probability < 0.0001
                ? String.format(Locale.ROOT, "%.1e", probability)
                : PageContent.fourDecimals(probability);
    }

    private static String reading(Disagreement pair, McNemar test, Significance significance) {
        if (!significance.isMet(test)) {
            return "may be chance";
        }
        return (test.onlyFirst() > test.onlySecond() ? pair.first() : pair.second()).key() + " is better";
    }

    private static Gallery gallery(
            String id, String title, Disagreement pair, List<Integer> images, Comparison comparison) {
        return Gallery.disagreements(
                id,
                title + ": " + images.size(),
                images.stream()
                        .limit(SAMPLES)
                        .map(image -> caption(image, pair, comparison))
                        .toList(),
                comparison.test());
    }

    private static Gallery.Disputed caption(int image, Disagreement pair, Comparison comparison) {
        return new Gallery.Disputed(
                image,
                comparison.labelNames().get(comparison.test().label(image)),
                List.of(claimed(pair.first(), image, comparison), claimed(pair.second(), image, comparison)));
    }

    private static String claimed(ComparedRun run, int image, Comparison comparison) {
        Optional<String> name =
                run.predictions().map(kept -> comparison.labelNames().get(kept.of(image)));
        return run.key() + " " + name.orElseThrow();
    }
}
