package io.catwalk.local.process;

/** Tells whether a child process does its work; asked again and again, so that an answer must come within seconds. */
@FunctionalInterface
public interface Readiness {
    boolean isReady();
}
