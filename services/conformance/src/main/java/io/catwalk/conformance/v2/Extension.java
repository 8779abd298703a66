package io.catwalk.conformance.v2;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Probe;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Subject;

/** Extensions of the protocol, which the server's metadata lists. */
final class Extension {
    private Extension() {}

    /**
     * An extension is offered if the metadata names it, or if the server acts on it all the same.
     *
     * @param acts throws {@link NotOfferedException} when the server doesn't
     */
    static Probe offered(String name, Probe acts) {
        return subject -> isNamed(subject, name) ? "the metadata names " + name : acts.look(subject);
    }

    /** An extension that has a route of its own. */
    static Probe route(String name, Route route) {
        return offered(name, subject -> {
            Answer answer = route.answer(subject);
            if (!answer.isOk()) {
                throw new NotOfferedException(answer.shown());
            }
            return answer.shown();
        });
    }

    private static boolean isNamed(Subject subject, String name) throws IOException {
        Answer answer = subject.http().get("/v2");
        if (answer.isOk()) {
            for (JsonNode extension : answer.json().path("extensions")) {
                if (extension.asText().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Asks an extension's route. */
    interface Route {
        Answer answer(Subject subject) throws IOException;
    }
}
