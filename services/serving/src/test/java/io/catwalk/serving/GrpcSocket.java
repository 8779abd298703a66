package io.catwalk.serving;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.grpc.MethodDescriptor;

/**
 * One gRPC call by hand, on a socket of its own: its HTTP/2 frames are as large and come as fast as the caller wants. Source: RFC 9113
 * and 7541, and gRPC over HTTP/2.
 */
public final class GrpcSocket implements AutoCloseable {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int STREAM = 1;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private boolean over;

    /** Opens a connection, and sends the headers of a call. */
    public GrpcSocket(int port, MethodDescriptor<?, ?> method) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        header(headers, ":method", "POST");
        header(headers, ":scheme", "http");
        header(headers, ":path", "/" + method.getFullMethodName());
        header(headers, ":authority", "127.0.0.1");
        header(headers, "content-type", "application/grpc");
        header(headers, "te", "trailers");
        frame(HEADERS, END_HEADERS, STREAM, headers.toByteArray());
        out.flush();
    }

    /** A message with its prefix, not compressed. */
    public static byte[] framed(byte[] message) {
        return framed(0, message);
    }

    /**
     * A message with its prefix.
     *
     * @param compressed 1 if it is, else 0
     */
    public static byte[] framed(int compressed, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) compressed)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /** Puts a DATA frame into a buffer. */
    public void data(byte[] content) throws IOException {
        frame(DATA, 0, STREAM, content);
    }

    /** Sends what is in the buffer. */
    public void flush() throws IOException {
        out.flush();
    }

    /** Acknowledges the server's settings, so that they hold, and with them its windows. */
    public void acknowledge() throws IOException {
        frame(SETTINGS, ACK, 0, new byte[0]);
        out.flush();
    }

    /** Reads frames until the call or the connection is over. */
    public void awaitEnd() throws IOException {
        while (!over) {
            read();
        }
    }

    /** Whether the call or the connection is over, by the frames that have come. */
    public boolean isOver() throws IOException {
        while (!over && in.available() > 0) {
            read();
        }
        return over;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        in.readInt();
        in.skipNBytes(length);
        over = type == RST_STREAM || type == GOAWAY || type == HEADERS && (flags & END_STREAM) != 0;
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    /** A literal field, which isn't indexed. */
    private static void header(ByteArrayOutputStream headers, String name, String value) {
        headers.write(0);
        for (String text : new String[] {name, value}) {
            headers.write(text.length());
            headers.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
