package io.catwalk.benchmark.serving;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One kept HTTP/1.1 connection that sends the same request again and again, with as little work of its own as possible.
 * Answers must have a {@code Content-Length}.
 */
public final class HttpConnection implements AutoCloseable {
    private static final int OK = 200;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final byte[] request;
    private final byte[] line = new byte[8192];

    /** @param request head and body */
    public HttpConnection(URI server, byte[] request) throws IOException {
        this.socket = new Socket(server.getHost(), server.getPort());
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.request = request.clone();
    }

    /**
     * A POST request as bytes.
     *
     * @param headers beside host and length, separated by {@code |}
     */
    public static byte[] post(URI target, String headers, byte[] body) {
        String head = "POST %s HTTP/1.1\r\nHost: %s\r\n%s\r\nContent-Length: %d\r\n\r\n"
                .formatted(target.getPath(), target.getAuthority(), headers.replace("|", "\r\n"), body.length);
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    /** Sends the request and reads the answer. Returns whether its status is 200. */
    public boolean call() throws IOException {
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(readLine().substring(STATUS_AT, STATUS_AT + 3));
        int length = 0;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
        return status == OK;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String readLine() throws IOException {
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server has closed the connection");
            }
            line[length++] = (byte) next;
        }
        return new String(line, 0, length - 1, StandardCharsets.US_ASCII);
    }
}
