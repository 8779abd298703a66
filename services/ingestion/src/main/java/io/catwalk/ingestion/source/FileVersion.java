package io.catwalk.ingestion.source;

import java.util.Optional;

import okhttp3.Headers;

/**
 * What a server says of a file's content, which changes when the content does (RFC 9110, 8.8).
 *
 * @param length in bytes, as the header has it
 */
record FileVersion(Optional<String> length, Optional<String> etag, Optional<String> lastModified) {
    static FileVersion of(Headers headers) {
        return new FileVersion(
                Optional.ofNullable(headers.get("Content-Length")),
                Optional.ofNullable(headers.get("ETag")),
                Optional.ofNullable(headers.get("Last-Modified")));
    }

    /** An ETag that an {@code If-Match} may name: a weak one never matches there. */
    Optional<String> strongEtag() {
        return etag.filter(tag -> tag.startsWith("\""));
    }

    /** Whether nothing that both say differs. */
    boolean agrees(FileVersion other) {
        return agree(length, other.length) && agree(etag, other.etag) && agree(lastModified, other.lastModified);
    }

    private static boolean agree(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    @Override
    public String toString() {
        return length.orElse("?") + " bytes, ETag " + etag.orElse("none") + ", of " + lastModified.orElse("no time");
    }
}
