package io.catwalk.benchmark.serving;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.catwalk.benchmark.peer.PeerUnavailableException;
import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.Pause;

/** Another project's server in a process of its own. */
final class PeerServer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);

    private final Process process;
    private final URI address;

    private PeerServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param ready the path that answers 200 once it is
     * @param log for what it prints
     * @throws PeerUnavailableException when it doesn't become ready
     */
    static PeerServer start(ProcessBuilder command, URI address, String ready, Path log) throws IOException {
        PeerServer server = new PeerServer(
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start(), address);
        server.awaitReady(ready, log);
        return server;
    }

    /** A request to measure. */
    Target target(String name, String path, String headers, byte[] body) {
        return new Target(name, process.pid(), address.resolve(path), headers, body, Optional.empty());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(String path, Path log) {
        HttpReadiness readiness = new HttpReadiness(address.resolve(path));
        long giveUp = System.nanoTime() + READY_WITHIN.toNanos();
        while (!readiness.isReady()) {
            if (!process.isAlive() || System.nanoTime() > giveUp) {
                close();
                throw new PeerUnavailableException("it isn't ready, see " + log);
            }
            Pause.of(POLL);
        }
    }
}
