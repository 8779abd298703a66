package io.catwalk.evaluation.rollout.replay;

import java.time.Duration;

/**
 * How logged requests are replayed.
 *
 * @param requests the newest so many
 * @param minRequests with fewer of them nothing is judged
 * @param maxAge of one
 * @param time how long it may take to read and answer them
 */
public record ReplaySettings(int requests, int minRequests, Duration maxAge, Duration time) {}
