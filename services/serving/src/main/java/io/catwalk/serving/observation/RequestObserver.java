package io.catwalk.serving.observation;

/**
 * Sees each request that met a loaded version; all beans of this type are called.
 *
 * <p>It is called on the request's thread before the answer leaves: it must return at once, and leave to another thread what
 * takes time or may wait. What it throws is logged and changes no answer.
 */
@FunctionalInterface
public interface RequestObserver {
    void answered(AnsweredRequest request);
}
