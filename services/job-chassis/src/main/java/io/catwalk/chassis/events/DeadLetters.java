package io.catwalk.chassis.events;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.events.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Publishes refused records to {@code dead-letters}, cut until the broker accepts them. */
@ApplicationScoped
class DeadLetters {
    /** Below the default limits of producers and brokers, 1 MiB. */
    private static final int MOST_BYTES = 1_000_000;

    private static final int FEWEST_BYTES = 16 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(45);

    private final EventPublisher publisher;
    private final String topic;

    @Inject
    DeadLetters(EventPublisher publisher, Topics topics) {
        this.publisher = publisher;
        this.topic = topics.deadLetters();
    }

    /**
     * Publishes a record and waits for the broker's acknowledgement.
     *
     * @throws BrokerUnavailableException without it: the record must not be acknowledged
     */
    void publish(DeadLetter letter) throws InterruptedException {
        for (int most = MOST_BYTES; !fits(letter, most); most /= 4) {
            if (most < FEWEST_BYTES) {
                throw new BrokerUnavailableException(topic + " accepts no record of " + 4 * most + " bytes");
            }
        }
    }

    private boolean fits(DeadLetter letter, int mostBytes) throws InterruptedException {
        try {
            publisher
                    .publish(letter.toRecord(topic, mostBytes))
                    .toCompletableFuture()
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            if (e.getCause() instanceof RecordTooLargeException
                    || e.getCause() instanceof RecordBatchTooLargeException) {
                return false;
            }
            throw new BrokerUnavailableException("the broker has not acknowledged a record for " + topic, e);
        }
    }
}
