package io.catwalk.chassis.events;

/** The journals whose events a service publishes. */
public interface PublishedJournals {
    /** Publishes all their events again. */
    void republish(Republisher republisher) throws InterruptedException;
}
