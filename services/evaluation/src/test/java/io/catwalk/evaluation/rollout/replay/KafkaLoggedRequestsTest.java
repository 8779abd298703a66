package io.catwalk.evaluation.rollout.replay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.catwalk.evaluation.rollout.replay.LoggedRequests.Wanted;
import io.catwalk.evaluation.rollout.topic.UngroupedTopic;
import io.catwalk.events.EventDecoder;
import io.catwalk.objectstore.Name;
import org.apache.kafka.clients.CommonClientConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KafkaLoggedRequestsTest {
    /** It takes connections, and says nothing. */
    @Test
    @Timeout(20)
    void aBrokerThatDoesNotAnswerIsNotWaitedForForever() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Map<String, Object> broker =
                    Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + deaf.getLocalPort());
            KafkaLoggedRequests log = new KafkaLoggedRequests(
                    new UngroupedTopic(broker, "inference-logged"), new EventDecoder(Clock.systemUTC()));
            Wanted wanted =
                    new Wanted(new Name("fashion"), LoggedEvents.digest(1), 10, Instant.EPOCH, Duration.ofMinutes(1));

            assertThatThrownBy(() -> log.newest(wanted, () -> {}))
                    .isInstanceOf(UnreadableLogException.class)
                    .hasMessage("topic inference-logged can't be read; the log of evaluation says why");
        }
    }
}
