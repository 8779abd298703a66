package io.catwalk.ingestion;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a store and passes its bytes on, or answers each request with 403 itself. */
final class RefusingGate implements AutoCloseable {
    private static final String BODY = "<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>";
    private static final byte[] REFUSAL = ("HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nContent-Length: "
                    + BODY.length() + "\r\nConnection: close\r\n\r\n" + BODY)
            .getBytes(US_ASCII);

    private final ServerSocket door;
    private final URI store;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    RefusingGate(URI store) {
        this.store = store;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptAll);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    void refuse(boolean isRefusing) {
        refusing = isRefusing;
        open.forEach(RefusingGate::closeQuietly);
        open.clear();
    }

    private void acceptAll() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                open.add(caller);
                Thread.ofVirtual().start(() -> serve(caller));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            if (refusing) {
                caller.getInputStream().read(new byte[65_536]);
                caller.getOutputStream().write(REFUSAL);
                return;
            }
            try (Socket behind = new Socket(store.getHost(), store.getPort())) {
                open.add(behind);
                Thread.ofVirtual().start(() -> copy(behind, caller));
                caller.getInputStream().transferTo(behind.getOutputStream());
            }
        } catch (IOException e) {
            closeQuietly(caller);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        refuse(true);
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
