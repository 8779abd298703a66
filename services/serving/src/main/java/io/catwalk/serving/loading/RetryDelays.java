package io.catwalk.serving.loading;

import java.time.Duration;

/**
 * The delays before a retry.
 *
 * @param first after the first failure of the store or the disk, doubled with each failure
 * @param longest the longest of them
 * @param refused for a version whose content can't be served
 */
public record RetryDelays(Duration first, Duration longest, Duration refused) {
    Duration next(Duration last) {
        Duration doubled = last.isZero() ? first : last.multipliedBy(2);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
