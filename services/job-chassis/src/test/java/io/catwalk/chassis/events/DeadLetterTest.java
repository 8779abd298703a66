package io.catwalk.chassis.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.catwalk.chassis.errors.BadInputException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;

class DeadLetterTest {
    @Provide
    Arbitrary<ConsumerRecord<byte[], byte[]>> records() {
        Arbitrary<byte[]> bytes =
                Arbitraries.integers().between(0, 60_000).map(byte[]::new).injectNull(0.1);
        Arbitrary<Header> header = Combinators.combine(Arbitraries.strings().ofMaxLength(40), bytes)
                .as(RecordHeader::new);
        return Combinators.combine(bytes, bytes, header.list().ofMaxSize(30)).as(DeadLetterTest::record);
    }

    @Property(tries = 300)
    void aLetterFitsWhateverTheRecordHolds(@ForAll("records") ConsumerRecord<byte[], byte[]> record) {
        for (int most : new int[] {16_384, 50_000, 1_000_000}) {
            ProducerRecord<byte[], byte[]> letter = new DeadLetter(
                            record, "r".repeat(10_000), new IllegalStateException(new RuntimeException("why")))
                    .toRecord("dead-letters", most);

            assertThat(AbstractRecords.estimateSizeInBytesUpperBound(
                            RecordBatch.CURRENT_MAGIC_VALUE,
                            CompressionType.NONE,
                            letter.key(),
                            letter.value(),
                            letter.headers().toArray()))
                    .isLessThanOrEqualTo(most);
            assertThat(text(letter, "dead-letter-offset")).isEqualTo("7");
            assertThat(letter.headers().lastHeader("dead-letter-value-length") == null)
                    .isEqualTo(record.value() == null || letter.value().length == record.value().length);
        }
    }

    @Property(tries = 1)
    void whatAnEarlierRefusalAndTheReaderAddedIsReplaced() {
        ConsumerRecord<byte[], byte[]> record = record(
                new byte[0],
                "{}".getBytes(UTF_8),
                List.of(header("dead-letter-reason", "old"), header("__smallrye_generationId", "3"), header("a", "b")));

        ProducerRecord<byte[], byte[]> letter =
                new DeadLetter(record, "new", new IllegalStateException()).toRecord("dead-letters", 1_000_000);

        assertThat(names(letter)).startsWith("a", "dead-letter-reason").doesNotHaveDuplicates();
        assertThat(names(letter)).doesNotContain("__smallrye_generationId", "dead-letter-headers-dropped");
        assertThat(text(letter, "dead-letter-reason")).isEqualTo("new");
        assertThat(letter.value()).isEqualTo(record.value());
    }

    @Property(tries = 1)
    void aDefectsCauseStaysInTheLog() {
        ConsumerRecord<byte[], byte[]> record = record(new byte[0], new byte[0], List.of());
        RuntimeException cause = new RuntimeException("10.1.2.3:9000 is away");

        assertThat(names(new DeadLetter(record, "bad", new BadInputException("bad", cause)).toRecord("t", 16_384)))
                .contains("dead-letter-cause");
        assertThat(names(new DeadLetter(record, "internal error", new IllegalStateException(cause))
                        .toRecord("t", 16_384)))
                .contains("dead-letter-cause-class-name")
                .doesNotContain("dead-letter-cause");
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value, List<Header> headers) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 0, 7, key, value);
        headers.forEach(record.headers()::add);
        return record;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static Stream<String> names(ProducerRecord<byte[], byte[]> letter) {
        return StreamSupport.stream(letter.headers().spliterator(), false).map(Header::key);
    }

    private static String text(ProducerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
