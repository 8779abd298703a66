package io.catwalk.serving.registry;

import java.util.List;
import java.util.function.Consumer;

import com.google.protobuf.Message;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Puts the records of the registry's topics into {@link ModelRegistry}; one that can't be read is passed over and told. */
final class RegistryTables implements Consumer<ConsumerRecord<String, byte[]>> {
    private static final Logger LOG = Logger.getLogger(RegistryTables.class);

    private final EventDecoder decoder;
    private final Topics topics;
    private final RegistryEvents events;
    private final MeterRegistry metrics;

    RegistryTables(EventDecoder decoder, Topics topics, ModelRegistry registry, MeterRegistry metrics) {
        this.decoder = decoder;
        this.topics = topics;
        this.events = new RegistryEvents(registry);
        this.metrics = metrics;
    }

    /** The topics whose records it takes. */
    List<String> names() {
        return List.of(topics.nameOf(EventType.MODEL_PUBLISHED), topics.nameOf(EventType.MODEL_PROMOTED));
    }

    @Override
    public void accept(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.topic().equals(topics.nameOf(EventType.MODEL_PUBLISHED))) {
                events.apply(decode(EventType.MODEL_PUBLISHED, record));
            } else {
                events.apply(decode(EventType.MODEL_PROMOTED, record));
            }
            count(record.topic(), "applied");
        } catch (BadEventException | IllegalArgumentException e) {
            LOG.errorf(
                    "record %s-%d@%d is passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
            count(record.topic(), "refused");
        }
    }

    private <M extends Message> M decode(EventType<M> type, ConsumerRecord<String, byte[]> record) {
        return decoder.decode(type, record).payload();
    }

    private void count(String topic, String outcome) {
        Counter.builder("catwalk.events")
                .description("Events read, by what became of them")
                .tag("topic", topic)
                .tag("outcome", outcome)
                .register(metrics)
                .increment();
    }
}
