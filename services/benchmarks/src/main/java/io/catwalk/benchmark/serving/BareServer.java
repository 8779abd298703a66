package io.catwalk.benchmark.serving;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A server that reads a request over HTTP/1.1 and answers it at once, whatever it says: what the sockets, the client and the waking of
 * threads cost on a machine. Requests must have a {@code Content-Length}.
 */
final class BareServer implements AutoCloseable {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening;

    private BareServer(ServerSocket listening) {
        this.listening = listening;
    }

    static BareServer start() {
        try {
            BareServer server = new BareServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().daemon().name("bare-server").start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
    }

    /** Its connections end with their clients. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofPlatform().daemon().start(() -> answer(socket));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            HeadReader heads = new HeadReader(in);
            for (var request = heads.next(); request.isPresent(); request = heads.next()) {
                in.skipNBytes(request.get().length());
                socket.getOutputStream().write(ANSWER);
            }
        } catch (IOException e) {
            // The client has left.
        }
    }
}
