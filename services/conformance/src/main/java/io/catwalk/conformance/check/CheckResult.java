package io.catwalk.conformance.check;

/**
 * What came of a check.
 *
 * @param seen what the server answered, for people
 */
public record CheckResult(Section section, Check check, Verdict verdict, String seen) {
    /** Whether the server breaks the specification. */
    public boolean breaksTheSpecification() {
        return verdict == Verdict.FAIL && check.level() == Level.REQUIRED;
    }
}
