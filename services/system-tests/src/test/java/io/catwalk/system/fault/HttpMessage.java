package io.catwalk.system.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** The head of a request or an answer of HTTP/1.1 as it came, and how its body is framed. */
record HttpMessage(String head) {
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final String END = "\r\n\r\n";

    /** The next one on a connection; empty when the other side has closed it. */
    static Optional<HttpMessage> read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith(END)) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            bytes.write(next);
            if (bytes.size() > LONGEST_HEAD) {
                throw new IOException("a head of more than " + LONGEST_HEAD + " bytes");
            }
            head = next == '\n' ? bytes.toString(ISO_8859_1) : "";
        }
        return Optional.of(new HttpMessage(head));
    }

    String firstLine() {
        return head.substring(0, head.indexOf("\r\n"));
    }

    /** Of an answer. */
    int status() {
        return Integer.parseInt(firstLine().split(" ")[1]);
    }

    private Optional<String> header(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** 0 without one. */
    long contentLength() {
        return header("content-length").map(Long::parseLong).orElse(0L);
    }

    boolean expectsContinue() {
        return header("expect").isPresent();
    }

    void writeHead(OutputStream out) throws IOException {
        out.write(head.getBytes(ISO_8859_1));
        out.flush();
    }

    /** Copies the body, whichever way it is framed. */
    void copyBody(InputStream in, OutputStream out) throws IOException {
        if (header("transfer-encoding").isPresent()) {
            copyChunks(in, out);
        } else {
            copy(in, out, contentLength());
        }
        out.flush();
    }

    private static void copyChunks(InputStream in, OutputStream out) throws IOException {
        long size;
        do {
            size = Long.parseLong(copyLine(in, out).split(";")[0].strip(), 16);
            copy(in, out, size);
            copyLine(in, out);
        } while (size > 0);
    }

    private static String copyLine(InputStream in, OutputStream out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        do {
            next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        } while (next != '\n');
        line.writeTo(out);
        return line.toString(ISO_8859_1);
    }

    static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] piece = new byte[8192];
        for (long left = length; left > 0; ) {
            int read = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (read < 0) {
                throw new EOFException();
            }
            out.write(piece, 0, read);
            left -= read;
        }
    }
}
