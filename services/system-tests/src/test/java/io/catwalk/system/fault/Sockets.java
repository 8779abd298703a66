package io.catwalk.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A door on the loopback address, and all connections behind it. */
final class Sockets implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Sockets() {
        try {
            door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    /** Serves each caller on a thread of its own, until this is closed. */
    void serve(Consumer<Socket> server) {
        Thread.ofVirtual().start(() -> {
            while (!door.isClosed()) {
                try {
                    Socket caller = door.accept();
                    open.add(caller);
                    Thread.ofVirtual().start(() -> server.accept(caller));
                } catch (IOException e) {
                    if (!door.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
    }

    /** A connection to a server of this machine, which ends with the others. */
    Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(socket);
        return socket;
    }

    /** Ends a connection as a crashed peer does, by RST: the other side loses what it hasn't read. */
    void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        close(socket);
    }

    void resetAll() {
        open.forEach(this::reset);
    }

    void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        resetAll();
    }
}
