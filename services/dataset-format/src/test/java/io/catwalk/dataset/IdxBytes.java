package io.catwalk.dataset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Files for tests, byte by byte, right and wrong ones. */
final class IdxBytes {
    private IdxBytes() {}

    /** A header of any magic and dimensions, without a body. */
    static byte[] header(int magic, int... dimensions) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length).putInt(magic);
        Arrays.stream(dimensions).forEach(buffer::putInt);
        return buffer.array();
    }

    static byte[] images(int count, int height, int width) {
        return join(header(0x0803, count, height, width), counting(count * height * width));
    }

    static byte[] labels(int... labels) {
        byte[] body = new byte[labels.length];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) labels[i];
        }
        return join(header(0x0801, labels.length), body);
    }

    /** The bytes 0, 1, 2 and so on, again from 0 after 255. */
    static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A copy with some bits of one byte turned over. */
    static byte[] flipped(byte[] bytes, int index, int bits) {
        byte[] copy = bytes.clone();
        copy[index] ^= (byte) bits;
        return copy;
    }

    static byte[] without(byte[] bytes, int last) {
        return Arrays.copyOf(bytes, bytes.length - last);
    }

    static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    /** The whole body of a file, checked. */
    static byte[] body(IdxReader reader) throws IOException {
        byte[] body = new byte[Math.toIntExact(reader.header().bodyBytes())];
        for (int read = 0; read < body.length; ) {
            read += reader.read(body, read, body.length - read);
        }
        return body;
    }

    /** All of a file, checked. */
    static IdxData idx(IdxKind kind, String name, InputStream in, IdxLimits limits) throws IOException {
        try (IdxReader reader = IdxReader.open(kind, name, in, limits)) {
            byte[] body = body(reader);
            MessageDigest digest = Sha256.begin();
            digest.update(reader.header().encoded());
            digest.update(body);
            DatasetFile file =
                    new DatasetFile(Sha256.finish(digest), reader.header().fileBytes());
            return new IdxData(name, reader.header(), body, file);
        }
    }
}
