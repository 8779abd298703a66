package io.catwalk.journal.job;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Event;

/**
 * The result entry of a job.
 *
 * @param state the kind's own record, as a tree
 */
public record Conclusion(JobResult result, JsonNode state, Optional<Event> event) {}
