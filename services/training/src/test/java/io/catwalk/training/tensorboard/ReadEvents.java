package io.catwalk.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.InvalidProtocolBufferException;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;

/** An event file's events, each record held to its checksums bit by bit. */
public record ReadEvents(List<Event> events) {
    /** Castagnoli's polynomial, reversed: RFC 3720, appendix B.4. */
    private static final int POLYNOMIAL = 0x82f63b78;

    public static ReadEvents of(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = checked(in, Long.BYTES);
            byte[] data = checked(
                    in,
                    Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()));
            try {
                events.add(Event.parseFrom(data));
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return new ReadEvents(events);
    }

    /** By tag, in one step or all. */
    public Map<String, List<Float>> scalars() {
        Map<String, List<Float>> scalars = new HashMap<>();
        values().stream()
                .filter(Summary.Value::hasSimpleValue)
                .forEach(value -> scalars.computeIfAbsent(value.getTag(), tag -> new ArrayList<>())
                        .add(value.getSimpleValue()));
        return scalars;
    }

    /** By tag, the last of each. */
    public Map<String, HistogramProto> histograms() {
        Map<String, HistogramProto> histograms = new HashMap<>();
        values().stream()
                .filter(Summary.Value::hasHisto)
                .forEach(value -> histograms.put(value.getTag(), value.getHisto()));
        return histograms;
    }

    List<Summary.Value> values() {
        return events.stream()
                .flatMap(event -> event.getSummary().getValueList().stream())
                .toList();
    }

    private static byte[] checked(ByteBuffer in, int length) {
        byte[] data = new byte[length];
        in.get(data);
        int crc = crc32c(data);
        assertThat(in.getInt()).isEqualTo(((crc >>> 15) | (crc << 17)) + 0xa282ead8);
        return data;
    }

    static int crc32c(byte[] data) {
        int crc = -1;
        for (byte next : data) {
            crc ^= next & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
            }
        }
        return ~crc;
    }
}
