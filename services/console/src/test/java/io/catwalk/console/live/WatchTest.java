package io.catwalk.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CompletableFuture<Void> left = new CompletableFuture<>();

    private AssertSubscriber<String> listen(Watch watch, Uni<Boolean> mayListen) {
        Multi<String> events = Multi.createFrom()
                .<String>emitter(emitter -> emitter.emit("event"))
                .onCancellation()
                .invoke(() -> left.complete(null));
        return watch.over(events, () -> "beat", mayListen).subscribe().withSubscriber(AssertSubscriber.create(1_000));
    }

    @Test
    void aStreamEndsWhenItsListenerMayNotListenAnyMore() {
        AtomicInteger looks = new AtomicInteger();

        AssertSubscriber<String> listener =
                listen(new Watch(OFTEN, LONG), Uni.createFrom().item(() -> looks.incrementAndGet() <= 3));

        listener.awaitCompletion();
        assertThat(listener.getItems()).containsExactlyInAnyOrder("event", "beat", "beat", "beat");
        assertThat(looks).hasValue(4);
        assertThat(left).succeedsWithin(PATIENCE);
    }

    @Test
    void soItDoesWhenThatCantBeFoundOut() {
        AssertSubscriber<String> listener =
                listen(new Watch(OFTEN, LONG), Uni.createFrom().failure(new IllegalStateException("nobody knows")));

        listener.awaitCompletion();
        assertThat(listener.getItems()).doesNotContain("beat");
        assertThat(left).succeedsWithin(PATIENCE);
    }

    @Test
    void noStreamIsEndless() {
        AssertSubscriber<String> listener = listen(
                new Watch(OFTEN, Duration.ofMillis(200)), Uni.createFrom().item(true));

        listener.awaitCompletion();
        assertThat(listener.getItems()).contains("event", "beat");
        assertThat(left).succeedsWithin(PATIENCE);
    }

    @Test
    void noLookIsBegunBeforeTheLastIsOver() {
        AtomicInteger looks = new AtomicInteger();

        AssertSubscriber<String> listener = listen(
                new Watch(OFTEN, Duration.ofMillis(200)),
                Uni.createFrom().<Boolean>emitter(unanswered -> looks.incrementAndGet()));

        listener.awaitCompletion();
        assertThat(looks).hasValue(1);
    }
}
