package io.catwalk.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** What a later release publishes and stores has fields, at any depth, that this one passes over. */
class LaterReleaseTest {
    private static final UnknownFieldSet LATER = UnknownFieldSet.newBuilder()
            .addField(
                    900,
                    UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("later"))
                            .addVarint(7)
                            .build())
            .build();

    @Tag("fault-29")
    @Property(tries = 200)
    void factsAsJson(@ForAll("facts") Event<?> fact) {
        assertThat(published(
                        fact, "application/json", laterJson(fact).toString().getBytes(UTF_8)))
                .isEqualTo(fact);
    }

    @Tag("fault-29")
    @Property(tries = 200)
    void eventsAsProtobuf(@ForAll("events") Event<?> event) throws InvalidProtocolBufferException {
        Message later = later(event.payload());

        Event<?> read = published(event, "application/protobuf", later.toByteArray());

        assertThat(read.payload()).isEqualTo(later);
        assertThat(EventJson.toJson(read.payload())).isEqualTo(EventJson.toJson(event.payload()));
    }

    /** A journal keeps requests too. */
    @Property(tries = 200)
    void journals(@ForAll("events") Event<?> event) {
        assertThat(Event.fromJson(event.id(), event.source(), event.type(), event.time(), laterJson(event)))
                .isEqualTo(event);
    }

    private static Event<?> published(Event<?> event, String contentType, byte[] value) {
        return Records.DECODER.decode(
                event.type(),
                Records.on(event.type())
                        .header("ce_specversion", "1.0")
                        .header("ce_id", event.id())
                        .header("ce_source", event.source())
                        .header("ce_type", event.type().name())
                        .header("ce_time", event.time().toString())
                        .header("content-type", contentType)
                        .value(value)
                        .consumed());
    }

    private static ObjectNode laterJson(Event<?> event) {
        ObjectNode object = EventJson.tree(event.payload());
        addLater(object, event.payload());
        return object;
    }

    /** To every object that isn't free to hold any names. */
    private static void addLater(ObjectNode object, Message message) {
        message.getAllFields().forEach((field, value) -> {
            JsonNode node = object.path(field.getJsonName());
            if (value instanceof List<?> list && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                for (int i = 0; i < list.size(); i++) {
                    addLater((ObjectNode) node.get(i), (Message) list.get(i));
                }
            } else if (value instanceof Message inner && node instanceof ObjectNode nested && !isOpen(inner)) {
                addLater(nested, inner);
            }
        });
        object.putObject("laterField").putArray("a").add(1).addObject().putNull("b");
        object.put("LATER_NAME", "later");
    }

    private static Message later(Message message) {
        Message.Builder builder = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (value instanceof List<?> list && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                builder.setField(
                        field,
                        list.stream().map(element -> later((Message) element)).toList());
            } else if (value instanceof Message inner && !isOpen(inner)) {
                builder.setField(field, later(inner));
            }
        });
        return builder.setUnknownFields(LATER).build();
    }

    private static boolean isOpen(Message message) {
        return message instanceof Struct || message instanceof ListValue || message instanceof Timestamp;
    }

    @Provide
    Arbitrary<Event<?>> events() {
        return PayloadArbitraries.events();
    }

    @Provide
    Arbitrary<Event<?>> facts() {
        return PayloadArbitraries.events().filter(event -> !event.type().isRequest());
    }
}
