package io.catwalk.serving.observation;

import java.util.Optional;

/** A request's headers, or a call's metadata. */
@FunctionalInterface
public interface RequestHeaders {
    /** The caller's name for a request. */
    String REQUEST_ID = "x-request-id";

    /** The first value of a header, whose name is in lower case. */
    Optional<String> first(String name);
}
