package io.catwalk.system.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes bytes between clients and a server of this machine, as well or as badly as its {@link Line} is. */
public final class TcpProxy implements AutoCloseable {
    private static final int PIECE = 64 * 1024;
    private static final long MILLIS = 1000;

    private final Sockets sockets = new Sockets();
    private final int server;
    /** Connections of which bytes were lost: they are useless once the line is sound. */
    private final Set<Socket> spoiled = ConcurrentHashMap.newKeySet();

    private volatile Line line = Line.SOUND;

    public TcpProxy(int server) {
        this.server = server;
        sockets.serve(this::serve);
    }

    public int port() {
        return sockets.port();
    }

    /** Changes the line, also for the connections that stand. */
    public synchronized void set(Line next) {
        line = next;
        notifyAll();
        if (next.away()) {
            sockets.resetAll();
        }
        if (!next.answersLost()) {
            spoiled.forEach(sockets::reset);
            spoiled.clear();
        }
    }

    /** Resets all connections that stand. */
    public void reset() {
        sockets.resetAll();
    }

    private void serve(Socket client) {
        if (line.away()) {
            sockets.reset(client);
            return;
        }
        try {
            Socket behind = sockets.connect(server);
            Thread.ofVirtual().start(() -> pass(client, behind, false));
            pass(behind, client, true);
        } catch (IOException e) {
            sockets.reset(client);
        }
    }

    private void pass(Socket from, Socket to, boolean isAnswer) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                Line now = awaitPassage(length);
                if (isAnswer && now.answersLost()) {
                    spoiled.add(to);
                    continue;
                }
                out.write(piece, 0, length);
            }
            sockets.close(from);
            sockets.close(to);
        } catch (IOException e) {
            sockets.reset(from);
            sockets.reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits as long as the line lets so many bytes wait, and returns its state then. */
    private Line awaitPassage(int bytes) throws InterruptedException {
        Line now = line;
        Thread.sleep(now.delay());
        if (now.bytesPerSecond() > 0) {
            Thread.sleep(bytes * MILLIS / now.bytesPerSecond());
        }
        synchronized (this) {
            while (line.still()) {
                wait();
            }
            return line;
        }
    }

    @Override
    public void close() {
        set(Line.AWAY);
        sockets.close();
    }
}
