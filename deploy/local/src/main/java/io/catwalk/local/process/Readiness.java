package io.catwalk.local.process;

/** Whether a child process is ready. It is polled, so it must return within seconds. */
@FunctionalInterface
public interface Readiness {
    boolean isReady();
}
