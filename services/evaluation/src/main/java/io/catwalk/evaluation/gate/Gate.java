package io.catwalk.evaluation.gate;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.evaluation.scoring.Tally;

/**
 * The conditions for promotion. The test set is for reporting: it only refuses candidates below
 * {@code minTestAccuracy}, and never ranks models.
 *
 * @param maxRegression how far the validation accuracy may be below the champion's, 0 to 1
 * @param minTestAccuracy the lowest accepted test accuracy, 0 to 1
 */
public record Gate(double maxRegression, double minTestAccuracy) {
    public Gate {
        checkShare("maxRegression", maxRegression);
        checkShare("minTestAccuracy", minTestAccuracy);
    }

    private static void checkShare(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(field + ": " + value + ", must be 0 to 1");
        }
    }

    /**
     * Evaluates a candidate against what the label points at.
     *
     * @throws IllegalArgumentException when the two weren't scored on equally many validation images
     */
    public Verdict evaluate(Candidate candidate, Opponent opponent) {
        Finding test = testFinding(candidate.test());
        Finding regression = switch (opponent) {
            case Opponent.None none -> new Finding(true, "there is no champion");
            case Champion champion -> regressionFinding(candidate.validation(), champion);
            case Opponent.Incomparable incomparable ->
                new Finding(true, "version " + incomparable.version() + " can't be compared, as " + incomparable.why());
        };
        return test.passed() && regression.passed()
                ? new Verdict.Promote(regression.text() + "; " + test.text())
                : new Verdict.Refuse(Stream.of(regression, test)
                        .filter(finding -> !finding.passed())
                        .map(Finding::text)
                        .collect(Collectors.joining("; ")));
    }

    private Finding testFinding(Tally test) {
        boolean passed = exact(test.correct()).compareTo(allowance(minTestAccuracy, test.count())) >= 0;
        return new Finding(
                passed,
                "test accuracy " + figures(test) + (passed ? " reaches" : " is below") + " minTestAccuracy "
                        + plain(minTestAccuracy));
    }

    private Finding regressionFinding(Tally candidate, Champion champion) {
        Tally reigning = champion.validation();
        if (candidate.count() != reigning.count()) {
            throw new IllegalArgumentException("champion's validation count: " + reigning.count() + ", must be "
                    + candidate.count() + " as the candidate's");
        }
        int lost = reigning.correct() - candidate.correct();
        boolean passed = exact(lost).compareTo(allowance(maxRegression, candidate.count())) <= 0;
        return new Finding(
                passed,
                "validation accuracy " + figures(candidate) + " against " + figures(reigning) + " of version "
                        + champion.version() + (passed ? " is within" : " exceeds") + " maxRegression "
                        + plain(maxRegression));
    }

    /** The limit as it was written in decimal, times the count: 0.005 of 5000 are 25 images, not 24.999. */
    private static BigDecimal allowance(double share, int count) {
        return BigDecimal.valueOf(share).multiply(exact(count));
    }

    private static BigDecimal exact(int count) {
        return BigDecimal.valueOf(count);
    }

    private static String figures(Tally tally) {
        return String.format(Locale.ROOT, "%.4f (%d of %d)", tally.accuracy(), tally.correct(), tally.count());
    }

    private static String plain(double limit) {
        return BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
    }

    private record Finding(boolean passed, String text) {}
}
