package io.catwalk.installation;

import java.time.Duration;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries until it succeeds, and logs what it is waiting for.
 *
 * @param limit after which it gives up
 * @param distance of the tries
 */
public record Patience(Duration limit, Duration distance, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    /**
     * The first result.
     *
     * @param what is waited for, as in "waiting for the broker"
     * @throws InstallationException when there is none within the limit
     */
    public <T> T await(String what, Attempt<T> attempt) throws InterruptedException {
        var end = clock.instant().plus(limit);
        String logged = "";
        while (true) {
            try {
                return attempt.run();
            } catch (NotYetException e) {
                String reason = String.valueOf(e.getMessage());
                if (clock.instant().isAfter(end)) {
                    throw new InstallationException("gave up waiting for " + what + " after " + limit + ": " + reason);
                }
                if (!reason.equals(logged)) {
                    LOG.info("waiting for {}: {}", what, reason);
                    logged = reason;
                }
                Thread.sleep(distance);
            }
        }
    }

    /** One try. */
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws NotYetException, InterruptedException;
    }
}
