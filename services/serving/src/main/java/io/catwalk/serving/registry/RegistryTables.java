package io.catwalk.serving.registry;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.catwalk.events.BadEventException;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Applies the records of the registry's topics to {@link ModelRegistry}; unreadable ones are skipped and reported. */
final class RegistryTables implements Consumer<ConsumerRecord<String, byte[]>> {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryTables.class);

    private final EventDecoder decoder;
    private final Topics topics;
    private final RegistryEvents events;
    private final BiConsumer<String, String> outcomes;

    /** @param outcomes receives each record's topic, and {@code applied} or {@code refused} */
    RegistryTables(EventDecoder decoder, Topics topics, ModelRegistry registry, BiConsumer<String, String> outcomes) {
        this.decoder = decoder;
        this.topics = topics;
        this.events = new RegistryEvents(registry);
        this.outcomes = outcomes;
    }

    /** The topics whose records it takes. */
    List<String> names() {
        return List.of(topics.nameOf(EventType.MODEL_PUBLISHED), topics.nameOf(EventType.MODEL_PROMOTED));
    }

    @Override
    public void accept(ConsumerRecord<String, byte[]> record) {
        MDC.put("event", record.topic() + "/" + record.partition() + "/" + record.offset());
        try {
            if (record.topic().equals(topics.nameOf(EventType.MODEL_PUBLISHED))) {
                events.apply(decoder.decode(EventType.MODEL_PUBLISHED, record).payload());
            } else {
                events.apply(decoder.decode(EventType.MODEL_PROMOTED, record).payload());
            }
            outcomes.accept(record.topic(), "applied");
        } catch (BadEventException | IllegalArgumentException e) {
            LOG.error("a record of {} is passed over: {}", record.topic(), e.getMessage());
            outcomes.accept(record.topic(), "refused");
        } finally {
            MDC.remove("event");
        }
    }
}
