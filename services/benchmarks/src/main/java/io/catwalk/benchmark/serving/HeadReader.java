package io.catwalk.benchmark.serving;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the heads of a connection's HTTP/1.1 messages, with as little work as possible. */
final class HeadReader {
    private static final String LENGTH = "content-length:";

    private final InputStream in;
    private final byte[] line = new byte[8192];

    HeadReader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads a head; what follows in the stream is its message's body. Empty at the connection's end.
     *
     * @throws EOFException when the connection ends within the head
     */
    Optional<Head> next() throws IOException {
        Optional<String> first = readLine();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        int length = 0;
        for (String header = readHeader(); !header.isEmpty(); header = readHeader()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        return Optional.of(new Head(first.get(), length));
    }

    private String readHeader() throws IOException {
        return readLine().orElseThrow(() -> new EOFException("the connection ended within a head"));
    }

    /** Empty at the connection's end. */
    private Optional<String> readLine() throws IOException {
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            line[length++] = (byte) next;
        }
        return Optional.of(new String(line, 0, length - 1, StandardCharsets.US_ASCII));
    }

    /**
     * A message's head.
     *
     * @param firstLine the request or the status
     * @param length of its body, in bytes; 0 without a {@code Content-Length}
     */
    record Head(String firstLine, int length) {}
}
