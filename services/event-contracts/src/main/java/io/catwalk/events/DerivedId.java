package io.catwalk.events;

import java.nio.charset.StandardCharsets;

/** Ids for requests that bring none, the same at each delivery. */
final class DerivedId {
    /** 128 bits: a collision of two requests' ids is negligible. */
    private static final int HEX_DIGITS = 32;

    private DerivedId() {}

    /** A valid name: the first 32 hex digits of the SHA-256 of both, a line feed between them. */
    static String of(String source, String id) {
        return Sha256.hex((source + "\n" + id).getBytes(StandardCharsets.UTF_8)).substring(0, HEX_DIGITS);
    }
}
