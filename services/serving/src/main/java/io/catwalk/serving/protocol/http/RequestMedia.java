package io.catwalk.serving.protocol.http;

import java.util.Locale;
import java.util.Set;

import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;
import org.jspecify.annotations.Nullable;

/** Which media types a body may declare. */
public final class RequestMedia {
    /** JSON; curl's default is read as JSON too, as in TensorFlow Serving. */
    private static final Set<String> JSON =
            Set.of("", "application/json", "text/json", "application/x-www-form-urlencoded");

    private static final String BINARY = "application/octet-stream";
    private static final String TEXT = "text/plain";

    private RequestMedia() {}

    /**
     * TensorFlow Serving ignores Content-Type, and its clients often send none or one of plain text.
     *
     * @param contentType the header, if there is one
     * @throws RefusedException with {@code UNSUPPORTED_MEDIA} for anything but JSON and text
     */
    public static void requireJsonOrText(@Nullable String contentType) {
        String type = mediaType(contentType);
        if (!JSON.contains(type) && !type.equals(TEXT)) {
            throw new RefusedException(
                    Refusal.UNSUPPORTED_MEDIA,
                    "the Content-Type must be application/json, not '" + Shown.of(type) + "'");
        }
    }

    /**
     * @param contentType the header, if there is one
     * @throws RefusedException with {@code UNSUPPORTED_MEDIA} for anything but JSON and binary tensors
     */
    public static void requireJsonOrBinary(@Nullable String contentType) {
        String type = mediaType(contentType);
        if (!JSON.contains(type) && !type.equals(BINARY)) {
            throw new RefusedException(
                    Refusal.UNSUPPORTED_MEDIA,
                    "the Content-Type must be application/json or " + BINARY + ", not '" + Shown.of(type) + "'");
        }
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
