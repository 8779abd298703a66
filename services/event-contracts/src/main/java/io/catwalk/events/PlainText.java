package io.catwalk.events;

/** Text that is the same wherever it is stored or shown: no control characters, no halves of surrogate pairs. */
final class PlainText {
    private PlainText() {}

    static boolean isValid(String text, int longest) {
        return !text.isEmpty()
                && text.length() <= longest
                && text.codePoints().noneMatch(point -> Character.isISOControl(point) || isHalf(point));
    }

    static String expectation(int longest) {
        return "must be 1 to " + longest + " characters, none a control character";
    }

    /** JSON's escapes can say half a surrogate pair, UTF-8 can't. */
    private static boolean isHalf(int point) {
        return Character.getType(point) == Character.SURROGATE;
    }
}
