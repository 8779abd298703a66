package io.catwalk.system;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import com.google.protobuf.Message;
import io.catwalk.events.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event and the record that it came in. */
public record PublishedEvent<M extends Message>(Event<M> event, ConsumerRecord<String, byte[]> record) {
    public String id() {
        return event.id();
    }

    public M payload() {
        return event.payload();
    }

    /** The folder of the journal that published it, as {@code runs/r1}. */
    public String owner() {
        return id().replaceFirst("/journal/[0-9]+$", "");
    }

    /** The number of its entry. */
    public long entry() {
        return Long.parseLong(id().substring(id().lastIndexOf('/') + 1));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }
}
