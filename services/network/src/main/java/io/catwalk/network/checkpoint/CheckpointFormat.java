package io.catwalk.network.checkpoint;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A checkpoint's bytes, all numbers little-endian:
 *
 * <pre>
 * magic      8 bytes  "CATWALK" and the format's version, 1
 * tensors    int32    how many follow, each as
 *   name     int32    length in bytes, then the name in UTF-8
 *   rank     int32
 *   shape    rank x int32
 *   values   product of the shape x float32, row-major
 * </pre>
 *
 * Nothing follows the last tensor. There is no checksum: checkpoints are stored and fetched by digest.
 */
final class CheckpointFormat {
    private static final byte[] MAGIC = {'C', 'A', 'T', 'W', 'A', 'L', 'K', 1};
    private static final int MAX_RANK = 8;

    private CheckpointFormat() {}

    static byte[] encode(Checkpoint checkpoint) {
        int size = checkpoint.tensors().stream()
                .mapToInt(CheckpointFormat::encodedSize)
                .reduce(MAGIC.length + Integer.BYTES, Math::addExact);
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).putInt(checkpoint.tensors().size());
        checkpoint.tensors().forEach(tensor -> put(out, tensor));
        return out.array();
    }

    static Checkpoint decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            requireMagic(in);
            int count = bounded(in, "number of tensors", in.getInt(), 0, in.limit());
            List<NamedTensor> tensors = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                tensors.add(tensor(in));
            }
            if (in.hasRemaining()) {
                throw unusable(in, "%d bytes follow the last tensor".formatted(in.remaining()));
            }
            return new Checkpoint(tensors);
        } catch (BufferUnderflowException e) {
            throw unusable(in, "the bytes end too early");
        } catch (IllegalArgumentException e) {
            throw unusable(in, e.getMessage());
        }
    }

    private static int encodedSize(NamedTensor tensor) {
        int words =
                Math.addExact(2 + tensor.dimensions().size(), tensor.values().remaining());
        return Math.addExact(Math.multiplyExact(words, Integer.BYTES), utf8(tensor).length);
    }

    private static void put(ByteBuffer out, NamedTensor tensor) {
        byte[] name = utf8(tensor);
        out.putInt(name.length).put(name).putInt(tensor.dimensions().size());
        tensor.dimensions().forEach(out::putInt);
        putAll(out, tensor.values());
    }

    /** Adds the values in the byte order of {@code out}. */
    static void putAll(ByteBuffer out, FloatBuffer values) {
        int size = values.remaining() * Float.BYTES;
        out.slice().order(out.order()).asFloatBuffer().put(values);
        out.position(out.position() + size);
    }

    private static void requireMagic(ByteBuffer in) {
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw unusable(in, "it doesn't begin with CATWALK and version 1");
        }
    }

    private static NamedTensor tensor(ByteBuffer in) {
        byte[] name = new byte[bounded(in, "name's length", in.getInt(), 0, in.remaining())];
        in.get(name);
        int rank = bounded(in, "rank", in.getInt(), 0, MAX_RANK);
        List<Integer> dimensions = new ArrayList<>();
        long size = 1;
        for (int i = 0; i < rank; i++) {
            int dimension = bounded(in, "dimension", in.getInt(), 1, in.limit());
            dimensions.add(dimension);
            size = bounded(in, "number of values", size * dimension, 1, in.limit() / Float.BYTES);
        }
        if (size * Float.BYTES > in.remaining()) {
            throw new BufferUnderflowException();
        }
        FloatBuffer values = in.slice().order(in.order()).asFloatBuffer().limit((int) size);
        in.position(in.position() + (int) size * Float.BYTES);
        return new NamedTensor(utf8(in, name), dimensions, values);
    }

    private static int bounded(ByteBuffer in, String what, long value, int least, int most) {
        if (value < least || value > most) {
            throw unusable(in, "a %s must be within %d..%d, not %d".formatted(what, least, most, value));
        }
        return (int) value;
    }

    private static byte[] utf8(NamedTensor tensor) {
        return tensor.name().getBytes(StandardCharsets.UTF_8);
    }

    private static String utf8(ByteBuffer in, byte[] name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unusable(in, "a name isn't UTF-8");
        }
    }

    private static UnusableCheckpointException unusable(ByteBuffer in, String why) {
        return new UnusableCheckpointException(
                "no checkpoint: at byte %d of %d: %s".formatted(in.position(), in.limit(), why));
    }
}
