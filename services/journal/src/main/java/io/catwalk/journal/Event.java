package io.catwalk.journal;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an entry is told as. Its id is the entry's, so that it may be told twice and never differently.
 *
 * @param type the topic's name, as {@code epoch-completed}
 * @param time when the writer decided it
 * @param body the payload as proto3 JSON
 */
public record Event(String type, Instant time, JsonNode body) {}
