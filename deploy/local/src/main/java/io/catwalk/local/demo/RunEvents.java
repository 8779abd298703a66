package io.catwalk.local.demo;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.dataset.v1.DatasetRejected;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.local.TaskFailedException;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.model.v1.ModelRejected;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingFailed;
import io.catwalk.training.v1.TrainingStarted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The pipeline's events from the topics' beginning, as CloudEvents in binary mode with a protobuf body. */
final class RunEvents implements AutoCloseable {
    private static final String TYPE_HEADER = "ce_type";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final String DEAD_LETTER_REASON = "dead-letter-reason";

    private static final Map<String, Parser<? extends Message>> PARSERS = Map.of(
            "dataset-ready", DatasetReady.parser(),
            "dataset-rejected", DatasetRejected.parser(),
            "training-started", TrainingStarted.parser(),
            "epoch-completed", EpochCompleted.parser(),
            "training-completed", TrainingCompleted.parser(),
            "training-failed", TrainingFailed.parser(),
            "evaluation-completed", EvaluationCompleted.parser(),
            "model-published", ModelPublished.parser(),
            "model-promoted", ModelPromoted.parser(),
            "model-rejected", ModelRejected.parser());

    private final Consumer<byte[], byte[]> consumer;

    private RunEvents(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    static RunEvents follow(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return of(new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    static RunEvents of(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = Stream.concat(PARSERS.keySet().stream(), Stream.of(DEAD_LETTERS))
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new RunEvents(consumer);
    }

    /**
     * The events that came since the last call, waiting for the first.
     *
     * @throws TaskFailedException when a record went to the dead letters, or an event can't be read
     */
    List<Message> next(Duration wait) {
        List<Message> events = new ArrayList<>();
        consumer.poll(wait).forEach(record -> events.add(read(record)));
        return events;
    }

    private static Message read(ConsumerRecord<byte[], byte[]> record) {
        Parser<? extends Message> parser = PARSERS.get(record.topic());
        if (parser == null) {
            throw new TaskFailedException("a record was refused: "
                    + header(record, DEAD_LETTER_REASON).orElse("no reason given") + "\n  "
                    + new String(record.value(), StandardCharsets.UTF_8));
        }
        try {
            Message event = parser.parseFrom(record.value());
            String type = event.getDescriptorForType().getFullName();
            if (header(record, TYPE_HEADER).filter(type::equals).isEmpty()) {
                throw unreadable(record, TYPE_HEADER + " isn't " + type);
            }
            return event;
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(record, e.getMessage());
        }
    }

    private static TaskFailedException unreadable(ConsumerRecord<byte[], byte[]> record, String reason) {
        return new TaskFailedException("can't read the event at %s-%d, offset %d: %s"
                .formatted(record.topic(), record.partition(), record.offset(), reason));
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
