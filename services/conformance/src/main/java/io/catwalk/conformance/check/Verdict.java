package io.catwalk.conformance.check;

/** What came of a check. */
public enum Verdict {
    PASS("pass"),
    FAIL("fail"),
    NOT_OFFERED("not offered");

    private final String title;

    Verdict(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
