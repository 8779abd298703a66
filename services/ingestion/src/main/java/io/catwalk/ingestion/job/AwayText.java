package io.catwalk.ingestion.job;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.ingestion.source.SourceAwayException;
import org.slf4j.Logger;

/** What is shown of why an ingestion can't go on now. */
final class AwayText {
    private AwayText() {}

    /**
     * The text, after the failure itself was logged: an {@link IOException} may name the address that a host
     * has here, or a folder of this machine.
     *
     * @param io what is shown of one
     * @param log of the class that caught it
     */
    static String of(Exception failure, String io, Logger log) {
        return switch (failure) {
            case SourceAwayException away -> logged(String.valueOf(away.getMessage()), away, log);
            case IOException any -> logged(io, any, log);
            case UncheckedIOException any -> logged(io, any, log);
            default -> ErrorCategory.shown(failure, log);
        };
    }

    private static String logged(String text, Exception failure, Logger log) {
        log.warn("{}: {}", text, failure.toString());
        return text;
    }
}
