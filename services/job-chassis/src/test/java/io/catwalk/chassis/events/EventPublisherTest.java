package io.catwalk.chassis.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.node.Nodes;
import io.catwalk.chassis.topics.EventMetrics;
import io.catwalk.events.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
    private final ScriptedChannel channel = new ScriptedChannel(false);
    private final EventPublisher publisher = new EventPublisher(
            channel,
            Topics.unprefixed(),
            new EventMetrics(new SimpleMeterRegistry()),
            Clock.systemUTC(),
            Nodes.of("test"));

    @Test
    void withoutAnAcknowledgementOnlySoManyAreSentAndTheRestIsRefusedAtOnce() {
        List<CompletionStage<Void>> sent = IntStream.range(0, InFlightLimit.SLOTS + 10)
                .mapToObj(this::send)
                .toList();

        assertThat(channel.messages()).hasSize(InFlightLimit.SLOTS);
        assertThat(sent.subList(0, InFlightLimit.SLOTS))
                .noneMatch(one -> one.toCompletableFuture().isDone());
        assertThat(sent.subList(InFlightLimit.SLOTS, sent.size()))
                .allSatisfy(one -> assertThatExceptionOfType(BrokerUnavailableException.class)
                        .isThrownBy(() -> rethrow(one))
                        .withMessage("too many records wait for the broker's acknowledgement"));
    }

    @Test
    void eachAcknowledgementOrFailureMakesRoomForOne() {
        IntStream.range(0, InFlightLimit.SLOTS).forEach(this::send);
        channel.messages().get(0).ack();
        channel.messages().get(1).nack(new IllegalStateException("away"));

        List<CompletionStage<Void>> later = List.of(send(1), send(2), send(3));

        assertThat(later).extracting(one -> one.toCompletableFuture().isDone()).containsExactly(false, false, true);
        assertThat(channel.messages()).extracting(Message::getPayload).hasSize(InFlightLimit.SLOTS + 2);
    }

    private CompletionStage<Void> send(int number) {
        return publisher.publish(
                new ProducerRecord<>("dead-letters", Integer.toString(number).getBytes(UTF_8), new byte[] {1}));
    }

    private static void rethrow(CompletionStage<Void> failed) throws Throwable {
        throw failed.toCompletableFuture().exceptionNow();
    }
}
