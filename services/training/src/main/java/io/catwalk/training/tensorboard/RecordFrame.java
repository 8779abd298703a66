package io.catwalk.training.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A TFRecord, numbers little-endian:
 *
 * <pre>
 * length     uint64   of the data in bytes
 * checksum   uint32   masked CRC32C of the length's 8 bytes
 * data
 * checksum   uint32   masked CRC32C of the data
 * </pre>
 *
 * Files one after the other are a file again. Source: TensorFlow, {@code tsl/lib/io/record_writer.h} and
 * {@code tsl/lib/hash/crc32c.h}.
 */
final class RecordFrame {
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int MASK_ROTATION = 15;

    private RecordFrame() {}

    static byte[] of(byte[] data) {
        ByteBuffer length = little(Long.BYTES).putLong(0, data.length);
        return little(Math.addExact(Long.BYTES + 2 * Integer.BYTES, data.length))
                .put(length)
                .putInt(maskedChecksum(length.array()))
                .put(data)
                .putInt(maskedChecksum(data))
                .array();
    }

    private static int maskedChecksum(byte[] data) {
        CRC32C checksum = new CRC32C();
        checksum.update(data);
        return Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK_DELTA;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
