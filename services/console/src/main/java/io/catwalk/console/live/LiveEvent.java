package io.catwalk.console.live;

import java.time.Instant;

/**
 * What happened, as a topic told it.
 *
 * @param id counts what this process has read
 * @param topic before any prefix, as {@code epoch-completed}
 * @param key the record's: of a run its id, of a promotion model and label
 * @param time the event's own
 * @param body the payload as proto3 JSON
 */
public record LiveEvent(long id, String topic, String key, Instant time, String body) {}
