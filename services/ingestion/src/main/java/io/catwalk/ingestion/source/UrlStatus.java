package io.catwalk.ingestion.source;

import java.io.IOException;
import java.net.URI;

/** What an HTTP status says of a file (RFC 9110, 15). */
enum UrlStatus {
    FOUND,
    MISSING,
    CHANGED,
    /** The server may answer otherwise later. */
    UNREACHABLE,
    /** The server will answer so again. */
    REFUSED;

    static UrlStatus of(int code) {
        return switch (code) {
            case 200 -> FOUND;
            case 404, 410 -> MISSING;
            case 412 -> CHANGED;
            case 408, 425, 429 -> UNREACHABLE;
            case 501, 505 -> REFUSED;
            default -> code >= 500 ? UNREACHABLE : REFUSED;
        };
    }

    /**
     * @throws SourceRefusedException when asking again won't help
     * @throws SourceAwayException when it may
     */
    static void require(URI url, int code) throws IOException {
        switch (of(code)) {
            case FOUND -> {}
            case UNREACHABLE -> throw new SourceAwayException(url + " answers " + code);
            case REFUSED, MISSING, CHANGED ->
                throw new SourceRefusedException(url + " answers " + code
                        + (code / 100 == 3 ? ", but redirects aren't followed" : ", must answer 200"));
        }
    }
}
