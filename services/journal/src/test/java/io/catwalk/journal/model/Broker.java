package io.catwalk.journal.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;

/** What the real processes have published. */
final class Broker {
    private final Map<String, Event> events = new LinkedHashMap<>();
    private boolean contradicted;

    /** The broker as a process sees it. */
    EventSink view(Gate gate) {
        return (id, event) -> publish(gate, id, event);
    }

    private CompletionStage<?> publish(Gate gate, String id, Event event) {
        gate.requireAlive();
        try {
            Delivery delivery = gate.pass(Roles.PUBLISH, Roles.PUBLISH_EVENT + number(id));
            add(id, event);
            return delivery == Delivery.ONCE
                    ? CompletableFuture.completedFuture(id)
                    : CompletableFuture.failedFuture(new IllegalStateException("the acknowledgement was lost"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CompletableFuture<>();
        } finally {
            gate.called(Roles.PUBLISH);
        }
    }

    private synchronized void add(String id, Event event) {
        contradicted |= events.containsKey(id) && !events.get(id).equals(event);
        events.putIfAbsent(id, event);
    }

    /** Whether an event was published again with another content. */
    synchronized boolean isContradicted() {
        return contradicted;
    }

    /** The numbers of the events' entries, in the order of their first publishing. */
    synchronized List<Integer> numbers() {
        return events.keySet().stream().map(Broker::number).toList();
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.lastIndexOf('/') + 1));
    }
}
