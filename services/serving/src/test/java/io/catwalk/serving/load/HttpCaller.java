package io.catwalk.serving.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Open Inference's protocol over HTTP/1.1, on kept connections, as many as there are requests under way. */
final class HttpCaller implements Caller {
    private final int port;
    private final byte[] request;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    /** @param body nothing but one float32 tensor */
    HttpCaller(int port, byte[] body) {
        this.port = port;
        byte[] head = ("POST /v2/models/fashion/infer HTTP/1.1\r\nHost: x\r\n"
                        + "Content-Type: application/octet-stream\r\nInference-Header-Content-Length: 0\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        this.request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
    }

    @Override
    public Reply call() {
        try {
            Connection connection = Optional.ofNullable(idle.poll()).orElseGet(() -> new Connection(port));
            Reply reply = connection.call(request);
            idle.push(connection);
            return reply;
        } catch (IOException | IllegalStateException e) {
            System.err.println(e);
            return Reply.FAILED;
        }
    }

    @Override
    public void close() {
        idle.forEach(Connection::close);
    }

    private static final class Connection {
        private final Socket socket;
        private final InputStream in;

        Connection(int port) {
            try {
                socket = new Socket("127.0.0.1", port);
                socket.setTcpNoDelay(true);
                in = new BufferedInputStream(socket.getInputStream());
            } catch (IOException e) {
                throw new IllegalStateException("no connection", e);
            }
        }

        Reply call(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            String status = line().split(" ")[1];
            boolean retry = false;
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
                retry |= name.equals("retry-after");
                length = name.equals("content-length")
                        ? Integer.parseInt(header.substring(name.length() + 1).strip())
                        : length;
            }
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            if (status.equals("200")) {
                return Reply.ANSWERED;
            }
            if (status.equals("429") && retry) {
                return Reply.REFUSED;
            }
            if (status.equals("504")) {
                return Reply.EXPIRED;
            }
            System.err.println(status + " " + body);
            return Reply.FAILED;
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException("can't be closed", e);
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("the server has closed the connection");
                }
                line.append((char) next);
            }
            return line.toString().stripTrailing();
        }
    }
}
