package io.catwalk.local.process;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on the loopback address. */
public final class LocalPort {
    /**
     * Below the range that systems take outgoing connections' ports from (Linux: 32768 on): one of those could take a
     * server's port while it restarts, and a client that retries meanwhile could even connect to itself.
     */
    private static final int LOWEST = 10_000;

    private static final int HIGHEST = 32_000;

    /** Those of UDP with the numbers that were given out: nobody else is given these while this process lives. */
    private static final Collection<DatagramSocket> GIVEN_OUT = new ConcurrentLinkedQueue<>();

    private LocalPort() {}

    /** A free port, which is given out once. */
    public static int free() {
        return free(1);
    }

    /** The first of so many consecutive free ports. No process on this machine is given one of them while this one lives. */
    public static int free(int count) {
        return ThreadLocalRandom.current()
                .ints(LOWEST, HIGHEST)
                .filter(first -> give(first, count))
                .findFirst()
                .orElseThrow();
    }

    private static boolean give(int first, int count) {
        List<DatagramSocket> given = new ArrayList<>();
        for (int port = first; port < first + count && isFree(port); port++) {
            try {
                given.add(new DatagramSocket(port, InetAddress.getLoopbackAddress()));
            } catch (SocketException e) {
                break;
            }
        }
        if (given.size() == count) {
            return GIVEN_OUT.addAll(given);
        }
        given.forEach(DatagramSocket::close);
        return false;
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
