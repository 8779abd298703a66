package io.catwalk.console.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    private final RecentEvents recent = new RecentEvents(3, 2);

    @Test
    void theNewestOfEachTopicAreKept() {
        IntStream.range(0, 10).forEach(i -> recent.add("model-promoted", "m/" + i, NOW, "{}"));
        recent.add("model-rejected", "r1", NOW, "{}");
        assertThat(recent.newest("model-promoted")).extracting(LiveEvent::key).containsExactly("m/9", "m/8", "m/7");
        assertThat(recent.newest("model-rejected")).hasSize(1);
        assertThat(recent.newest("dataset-ready")).isEmpty();
    }

    @Test
    void aBrowserHearsWhatComesAndLeavesNothingBehind() {
        recent.add("epoch-completed", "r1", NOW, "{}");
        AssertSubscriber<LiveEvent> browser =
                recent.listen().orElseThrow().subscribe().withSubscriber(AssertSubscriber.create(9));
        recent.add("epoch-completed", "r2", NOW, "{}");
        assertThat(browser.getItems()).extracting(LiveEvent::key).containsExactly("r2");
        browser.cancel();
        recent.add("epoch-completed", "r3", NOW, "{}");
        assertThat(browser.getItems()).hasSize(1);
        assertThat(recent.listen()).isPresent();
    }

    @Test
    void aBrowserThatDoesntReadLosesItsConnection() {
        AssertSubscriber<LiveEvent> slow =
                recent.listen().orElseThrow().subscribe().withSubscriber(AssertSubscriber.create(0));
        IntStream.range(0, 10_000).forEach(i -> recent.add("epoch-completed", "r", NOW, "{}"));
        slow.request(Long.MAX_VALUE);
        assertThat(slow.getFailure()).isNotNull();
        assertThat(slow.getItems()).hasSizeLessThan(1000);
    }

    @Test
    void noMoreListenThanMay() {
        List<AssertSubscriber<LiveEvent>> listening = IntStream.range(0, 2)
                .mapToObj(i ->
                        recent.listen().orElseThrow().subscribe().withSubscriber(AssertSubscriber.<LiveEvent>create(1)))
                .toList();
        assertThat(recent.listen()).isEmpty();
        listening.getFirst().cancel();
        assertThat(recent.listen()).isPresent();
    }

    @Test
    void aDeadLetterHasItsReasonAndWhatItWas() {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("x.dead-letters", 1, 17, null, "{\"epochs\": 0}".getBytes(UTF_8));
        record.headers().add("dead-letter-reason", "epochs is 0".getBytes(UTF_8));
        record.headers().add("dead-letter-topic", "x.training-requested".getBytes(UTF_8));
        record.headers().add("dead-letter-partition", "2".getBytes(UTF_8));
        record.headers().add("dead-letter-offset", "5".getBytes(UTF_8));
        recent.add(DeadLetter.of(record, "x."));
        DeadLetter letter = recent.deadLetter("1-17").orElseThrow();
        assertThat(letter.topic()).isEqualTo("training-requested");
        assertThat(letter.place()).isEqualTo("x.training-requested-2@5");
        assertThat(letter.reason()).isEqualTo("epochs is 0");
        assertThat(letter.value()).isEqualTo("{\"epochs\": 0}");
        assertThat(letter.whole()).isTrue();
        assertThat(recent.newest("dead-letters")).hasSize(1);

        ConsumerRecord<byte[], byte[]> noise = new ConsumerRecord<>("dead-letters", 0, 0, null, null);
        assertThat(DeadLetter.of(noise, "")).satisfies(other -> {
            assertThat(other.reason()).isEqualTo("no reason is given");
            assertThat(other.whole()).isFalse();
        });
        assertThat(recent.deadLetter("9-9")).isEqualTo(Optional.empty());
    }
}
