package io.catwalk.serving.loading;

/** A caller's text, fit for an error message. */
final class Shortened {
    private static final int MAX_LENGTH = 64;

    private Shortened() {}

    static String of(String text) {
        String head = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
