package io.catwalk.conformance.check;

/** Answers as people read them in a table. */
public final class Shown {
    private static final int LONGEST = 120;

    private Shown() {}

    /** On one line, cut where it is long. */
    public static String of(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}\\x{FFFD}]+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
