package io.catwalk.evaluation.rollout.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.catwalk.evaluation.rollout.window.WindowFeed;
import io.catwalk.objectstore.Name;
import io.catwalk.rollout.v1.ServingWindow;

/** A topic of one partition in memory. */
final class WrittenWindows implements WindowFeed.Source {
    private final List<ServingWindow> records = new ArrayList<>();
    private volatile boolean answering = true;

    synchronized void write(ServingWindow window) {
        records.add(window);
        notifyAll();
    }

    void answer(boolean answers) {
        answering = answers;
    }

    @Override
    public synchronized Map<Integer, Long> ends() {
        return answering ? Map.of(0, (long) records.size()) : Map.of();
    }

    @Override
    public WindowFeed open(Name model, Map<Integer, Long> offsets) {
        return new Feed(offsets.getOrDefault(0, 0L));
    }

    private final class Feed implements WindowFeed {
        private long next;

        Feed(long next) {
            this.next = next;
        }

        @Override
        public Batch poll(Duration longest) throws InterruptedException {
            synchronized (WrittenWindows.this) {
                if (next >= records.size()) {
                    WrittenWindows.this.wait(2);
                }
                List<Placed> placed = new ArrayList<>();
                while (answering && next < records.size()) {
                    placed.add(new Placed(0, next, records.get((int) next)));
                    next++;
                }
                return new Batch(placed, answering);
            }
        }

        @Override
        public void close() {}
    }
}
