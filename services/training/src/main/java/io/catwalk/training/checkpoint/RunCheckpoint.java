package io.catwalk.training.checkpoint;

import static java.util.Objects.requireNonNull;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import io.catwalk.journal.JournalJson;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.checkpoint.UnusableCheckpointException;
import io.catwalk.training.loop.Position;

/**
 * All that a run resumes from: the session's state, and the place in the data order that it belongs to.
 *
 * <p>Its bytes, numbers little-endian:
 *
 * <pre>
 * magic      8 bytes  "CATRUN", 0 and the format's version, 2
 * length     int32    of the header in bytes
 * header              JSON in UTF-8: seed and position
 * state               as {@link Checkpoint#encode} writes it
 * </pre>
 *
 * @param seed of the first weights and of dropout
 */
public record RunCheckpoint(long seed, Position position, Checkpoint state) {
    private static final byte[] MAGIC = {'C', 'A', 'T', 'R', 'U', 'N', 0, 2};

    private record Header(long seed, Position position) {
        Header {
            requireNonNull(position, "position is missing");
        }
    }

    public byte[] encode() {
        byte[] header = JournalJson.bytes(new Header(seed, position));
        byte[] tensors = state.encode();
        int size = Math.addExact(MAGIC.length + Integer.BYTES + header.length, tensors.length);
        return ByteBuffer.allocate(size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(header.length)
                .put(header)
                .put(tensors)
                .array();
    }

    /** @throws UnusableCheckpointException for bytes that {@link #encode} can't have written */
    public static RunCheckpoint decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (!Arrays.equals(take(in, MAGIC.length), MAGIC)) {
                throw new UnusableCheckpointException(
                        "no run's checkpoint: it doesn't begin with CATRUN and version 2");
            }
            Header header = JournalJson.record(take(in, in.getInt()), Header.class, "its header");
            return new RunCheckpoint(header.seed(), header.position(), Checkpoint.decode(take(in, in.remaining())));
        } catch (BufferUnderflowException | UnknownEntryException e) {
            throw new UnusableCheckpointException("no run's checkpoint: " + e);
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] claimed = new byte[length];
        in.get(claimed);
        return claimed;
    }
}
