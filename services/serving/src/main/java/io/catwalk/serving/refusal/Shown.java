package io.catwalk.serving.refusal;

/** A caller's text, fit for an error message. */
public final class Shown {
    private static final int MAX_LENGTH = 64;

    private Shown() {}

    public static String of(String text) {
        String head = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
