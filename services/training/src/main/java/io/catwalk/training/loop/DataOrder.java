package io.catwalk.training.loop;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The order in which an epoch visits the training split's images. */
public sealed interface DataOrder {
    /**
     * The indices of one epoch; the same for the same arguments, so that a resumed epoch continues as it began.
     *
     * @param epoch from 1
     * @param count images of the split
     */
    int[] of(int epoch, int count);

    /** As they lie there, in every epoch: the tutorial's. */
    record Fixed() implements DataOrder {
        @Override
        public int[] of(int epoch, int count) {
            return IntStream.range(0, count).toArray();
        }
    }

    /** An order of its own for each epoch, all equally likely (Fisher and Yates, in Durstenfeld's form). */
    record Shuffled(long seed) implements DataOrder {
        private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

        @Override
        public int[] of(int epoch, int count) {
            int[] order = new Fixed().of(epoch, count);
            SplittableRandom random = new SplittableRandom(seed + epoch * GOLDEN_GAMMA);
            for (int last = count - 1; last > 0; last--) {
                int chosen = random.nextInt(last + 1);
                int kept = order[last];
                order[last] = order[chosen];
                order[chosen] = kept;
            }
            return order;
        }
    }
}
