package io.catwalk.serving.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandOffTest {
    private final CountDownLatch open = new CountDownLatch(1);
    private final List<Integer> done = new CopyOnWriteArrayList<>();
    private final HandOff<Integer> handOff = new HandOff<>("hand-off", 3, 100, this::work);

    @AfterEach
    void close() {
        handOff.close();
    }

    @Test
    void worksInOrderOnAThreadOfItsOwn() {
        open.countDown();
        for (int item = 0; item < 50; item++) {
            int next = item;
            await().until(() -> handOff.offer(next, 10));
        }
        await().until(() -> done.size() == 50);
        assertThat(done).isSorted();
    }

    @Test
    void dropsWhatIsBeyondItsItems() {
        assertThat(handOff.offer(0, 1)).isTrue();
        await().until(() -> handOff.waiting() == 0);
        assertThat(handOff.offer(1, 1)).isTrue();
        assertThat(handOff.offer(2, 1)).isTrue();
        assertThat(handOff.offer(3, 1)).isTrue();
        assertThat(handOff.offer(4, 1)).isFalse();
        open.countDown();
        await().until(() -> done.equals(List.of(0, 1, 2, 3)));
    }

    @Test
    void dropsWhatIsBeyondItsWeightUntilTheWorkIsDone() {
        assertThat(handOff.offer(0, 60)).isTrue();
        assertThat(handOff.offer(1, 60)).isFalse();
        assertThat(handOff.offer(2, 40)).isTrue();
        open.countDown();
        await().until(() -> done.equals(List.of(0, 2)));
        await().until(() -> handOff.offer(3, 100));
    }

    @Test
    void aFailureTakesOnlyItsItem() {
        open.countDown();
        handOff.offer(-1, 100);
        await().atMost(Duration.ofSeconds(10)).until(() -> handOff.offer(7, 100));
        await().until(() -> done.equals(List.of(7)));
    }

    private void work(int item) {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (item < 0) {
            throw new IllegalStateException("not this one");
        }
        done.add(item);
    }
}
