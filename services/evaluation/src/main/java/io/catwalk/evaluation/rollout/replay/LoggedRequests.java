package io.catwalk.evaluation.rollout.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.objectstore.Name;

/** The log of requests that serving keeps. */
public interface LoggedRequests {
    /**
     * Which requests are wanted.
     *
     * @param modelDigest of the version that has answered them
     * @param most the newest so many
     * @param since no older ones
     * @param within how long to look for them
     */
    record Wanted(Name model, String modelDigest, int most, Instant since, Duration within) {}

    /**
     * The records of a partition that were read.
     *
     * @param to the offset after the last
     */
    record Offsets(long from, long to) {}

    /**
     * What was found.
     *
     * @param newestFirst in as many bytes as the log's reader has room for
     */
    record Found(List<LoggedRequest> newestFirst, Map<PassedOver, Long> passedOver, Map<Integer, Offsets> offsets) {
        static final Found NOTHING = new Found(List.of(), Map.of(), Map.of());

        public Found {
            newestFirst = List.copyOf(newestFirst);
            passedOver = Map.copyOf(passedOver);
            offsets = Map.copyOf(offsets);
        }

        /** As if so many of the requests had been passed over. */
        Found without(PassedOver why, long requests) {
            Map<PassedOver, Long> more = new HashMap<>(passedOver);
            if (requests > 0) {
                more.merge(why, requests, Long::sum);
            }
            return new Found(newestFirst, more, offsets);
        }
    }

    /** Called again and again meanwhile. */
    @FunctionalInterface
    interface Progress {
        /** @throws LeaseEndedException when the work is to stop */
        void made() throws LeaseEndedException;
    }

    /** @throws UnreadableLogException when there is no log, or it doesn't answer */
    Found newest(Wanted wanted, Progress progress)
            throws UnreadableLogException, LeaseEndedException, InterruptedException;
}
