package io.catwalk.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports on the loopback address. */
public final class LocalPort {
    /**
     * Below the range that systems take outgoing connections' ports from (Linux: 32768 on): one of those could take a
     * server's port while it restarts, and a client that retries meanwhile could even connect to itself.
     */
    private static final int LOWEST = 10_000;

    private static final int HIGHEST = 32_000;

    private LocalPort() {}

    /** A free port. */
    public static int free() {
        return free(1);
    }

    /** The first of so many consecutive free ports. */
    public static int free(int count) {
        return ThreadLocalRandom.current()
                .ints(LOWEST, HIGHEST)
                .filter(first -> IntStream.range(first, first + count).allMatch(LocalPort::isFree))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a server can listen on the port now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
