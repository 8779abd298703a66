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
public final class HttpConnection implements Connection {
    private static final int OK = 200;
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Socket socket;
    private final InputStream in;
    private final HeadReader heads;
    private final byte[] request;

    /** @param request head and body */
    public HttpConnection(URI server, byte[] request) throws IOException {
        this.socket = new Socket(server.getHost(), server.getPort());
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.heads = new HeadReader(in);
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

    /** True if the answer's status is 200. */
    @Override
    public boolean call() throws IOException {
        socket.getOutputStream().write(request);
        HeadReader.Head answer =
                heads.next().orElseThrow(() -> new IOException("the server has closed the connection"));
        in.skipNBytes(answer.length());
        return Integer.parseInt(answer.firstLine().substring(STATUS_AT, STATUS_AT + 3)) == OK;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
