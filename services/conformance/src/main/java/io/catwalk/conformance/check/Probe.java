package io.catwalk.conformance.check;

import java.io.IOException;

import io.catwalk.conformance.model.Subject;

/** Looks at one property of a server. */
@FunctionalInterface
public interface Probe {
    /**
     * Asks the server.
     *
     * @return what was seen, for people
     * @throws DeviationException when the server deviates
     * @throws NotOfferedException when the server or the model has no such part
     * @throws IOException when the server doesn't answer
     */
    String look(Subject subject) throws IOException;
}
