package io.catwalk.evaluation.report.page;

import java.util.List;

import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Variant;
import org.jspecify.annotations.Nullable;

/** Escapes what has a meaning in HTML, and replaces what XML 1.0 can't hold at all (its production Char). */
final class MarkupEscaper extends HtmlEscaper {
    private static final String REPLACEMENT = "\uFFFD";

    MarkupEscaper() {
        super(List.of(Variant.TEXT_HTML));
    }

    @Override
    protected @Nullable String replacementFor(char character) {
        return isAllowed(character) ? super.replacementFor(character) : REPLACEMENT;
    }

    private static boolean isAllowed(char character) {
        return character >= ' ' && character < '\uFFFE' || character == '\t' || character == '\n' || character == '\r';
    }
}
