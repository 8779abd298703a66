package io.catwalk.chassis.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.events.DeadLetterHeaders;
import io.catwalk.objectstore.Digest;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A refused record as {@code dead-letters} keeps it: key, value and headers as they were, and why and whence in headers that
 * SmallRye Reactive Messaging names so. What would make it larger than a limit is cut, and what was cut is described:
 *
 * <pre>
 * dead-letter-reason                  why, for people
 * dead-letter-exception-class-name    the refusal's class
 * dead-letter-cause-class-name, -cause     its cause's class and message; a defect's message is in the service's log alone
 * dead-letter-topic, -partition, -offset   where the record stands
 * dead-letter-value-length, -value-digest  of the whole value, where it is cut; -key-length, -key-digest likewise
 * dead-letter-headers-dropped         how many headers are missing
 * </pre>
 */
record DeadLetter(ConsumerRecord<byte[], byte[]> record, String reason, Throwable cause) {
    /** SmallRye's own note on each record that it has read. */
    private static final String GENERATION = "__smallrye_generationId";

    /** For topic, partition, offset, lengths and digests, their names, and the record's own overhead. */
    private static final int OWN_BYTES = 2048;

    private static final int MOST_REASON_CHARACTERS = 4096;
    private static final int MOST_BYTES_OF_A_HEADER = 8 * 1024;
    private static final int BYTES_AROUND_A_HEADER = 10;

    /**
     * The record for a topic.
     *
     * @param mostBytes key, value and headers together, uncompressed; above 8 KiB what describes the record is whole
     */
    ProducerRecord<byte[], byte[]> toRecord(String topic, int mostBytes) {
        List<Header> described = description();
        int left = mostBytes
                - OWN_BYTES
                - described.stream().mapToInt(DeadLetter::bytes).sum();
        List<Header> original = fitting(Math.max(left / 8, 0));
        left -= original.stream().mapToInt(DeadLetter::bytes).sum();
        byte[] key = cut(record.key(), left / 8);
        byte[] value = cut(record.value(), left - (key == null ? 0 : key.length));
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, null, key, value, original);
        described.forEach(letter.headers()::add);
        Headers headers = letter.headers();
        describeCut(headers, "key", record.key(), key);
        describeCut(headers, "value", record.value(), value);
        long dropped = own().size() - original.size();
        if (dropped > 0) {
            headers.add(text("headers-dropped", Long.toString(dropped)));
        }
        return letter;
    }

    private List<Header> description() {
        List<Header> headers = new ArrayList<>(List.of(
                text("reason", shortened(reason)),
                text("exception-class-name", cause.getClass().getName()),
                text("topic", record.topic()),
                text("partition", Integer.toString(record.partition())),
                text("offset", Long.toString(record.offset()))));
        Optional.ofNullable(cause.getCause()).ifPresent(deeper -> {
            headers.add(text("cause-class-name", deeper.getClass().getName()));
            if (ErrorCategory.of(cause) != ErrorCategory.DEFECT) {
                headers.add(text("cause", shortened(String.valueOf(deeper.getMessage()))));
            }
        });
        return headers;
    }

    /** The record's headers; those of an earlier refusal, and of the reader, aren't. */
    private List<Header> own() {
        List<Header> headers = new ArrayList<>();
        record.headers().forEach(header -> {
            if (!header.key().startsWith(DeadLetterHeaders.PREFIX)
                    && !header.key().equals(GENERATION)) {
                headers.add(header);
            }
        });
        return headers;
    }

    private List<Header> fitting(int mostBytes) {
        List<Header> kept = new ArrayList<>();
        int bytes = 0;
        for (Header header : own()) {
            int more = bytes(header);
            if (more <= MOST_BYTES_OF_A_HEADER && bytes + more <= mostBytes) {
                kept.add(header);
                bytes += more;
            }
        }
        return kept;
    }

    private static byte[] cut(byte[] whole, int most) {
        return whole == null || whole.length <= most ? whole : Arrays.copyOf(whole, Math.max(most, 0));
    }

    private static void describeCut(Headers headers, String part, byte[] whole, byte[] cut) {
        if (whole != null && cut.length < whole.length) {
            headers.add(text(part + "-length", Integer.toString(whole.length)));
            headers.add(text(part + "-digest", Digest.of(whole).toString()));
        }
    }

    private static Header text(String name, String value) {
        return new RecordHeader(DeadLetterHeaders.PREFIX + name, value.getBytes(UTF_8));
    }

    private static String shortened(String text) {
        return text.length() <= MOST_REASON_CHARACTERS ? text : text.substring(0, MOST_REASON_CHARACTERS) + "...";
    }

    private static int bytes(Header header) {
        int value = header.value() == null ? 0 : header.value().length;
        return header.key().getBytes(UTF_8).length + value + BYTES_AROUND_A_HEADER;
    }
}
