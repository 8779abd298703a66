package io.catwalk.history.snapshot;

import io.catwalk.history.topic.TopicRecord;

/**
 * One record of a request.
 *
 * @param accepted whether there is what it asks for: the job's journal, the promotion's entry, or the end that it asks for
 * @param deadLettered whether it was refused
 * @param acknowledged whether its consumer is done with it
 * @param refusalsKept whether a dead letter of it would still be there
 */
public record RequestSnapshot(
        TopicRecord request, boolean accepted, boolean deadLettered, boolean acknowledged, boolean refusalsKept) {}
