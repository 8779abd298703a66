package io.catwalk.objectstore;

import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads content that seems damaged again, each time from the store: what was damaged only on its way is right then. */
public final class Rereading {
    static final int READINGS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Rereading.class);

    private Rereading() {}

    /**
     * What the first reading that isn't damaged gives.
     *
     * @param damaged what a reading throws for content that isn't what its digest says
     * @param reading reads and checks the content
     */
    public static <T> T untilIntact(Class<? extends RuntimeException> damaged, Supplier<T> reading) {
        for (int readings = 1; ; readings++) {
            try {
                return reading.get();
            } catch (RuntimeException e) {
                if (readings == READINGS || !damaged.isInstance(e)) {
                    throw e;
                }
                LOG.warn("{}; reading it again", e.getMessage());
            }
        }
    }
}
