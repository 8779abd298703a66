package io.catwalk.serving.refusal;

/** Client input, escaped and shortened for error messages. */
public final class Shown {
    private static final int MAX_LENGTH = 64;

    private Shown() {}

    public static String of(String text) {
        String head = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
