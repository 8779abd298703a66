package io.catwalk.console.service;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import io.catwalk.console.ConsoleConfig;

/** A service that the console asks. */
public enum Service {
    INGESTION,
    TRAINING,
    EVALUATION,
    SERVING;

    /** As {@code training}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Service> named(String text) {
        return Arrays.stream(values())
                .filter(service -> service.text().equals(text))
                .findFirst();
    }

    URI address(ConsoleConfig config) {
        return switch (this) {
            case INGESTION -> config.ingestion();
            case TRAINING -> config.training();
            case EVALUATION -> config.evaluation();
            case SERVING -> config.serving();
        };
    }
}
