package io.catwalk.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.catwalk.local.process.ChildFailedException;
import io.catwalk.local.process.ChildProcess;
import io.catwalk.local.process.ChildSpec;
import io.catwalk.local.process.JavaCommand;
import io.catwalk.local.process.LocalPort;
import io.catwalk.local.process.ReadyFile;
import io.catwalk.local.process.StackClassPath;

/** A Kafka broker with the pipeline's topics, as a separate process on the loopback address. */
public final class BrokerProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final String MAIN = "io.catwalk.local.BrokerMain";

    private final ChildProcess process;
    private final int port;

    private BrokerProcess(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** As {@link #start(Path, int)}, on a free port. */
    public static BrokerProcess start(Path dataDir) {
        return start(dataDir, LocalPort.free());
    }

    /**
     * Starts a broker and waits until its topics are there. What an earlier one left in the folder is read first.
     *
     * @param dataDir its records, and {@code broker.log}
     * @throws ChildFailedException when it ends or isn't ready in time
     */
    public static BrokerProcess start(Path dataDir, int port) {
        ChildProcess process = ChildProcess.start(spec(dataDir, port, dataDir.resolve("broker.log")));
        try {
            process.awaitReady();
            return new BrokerProcess(process, port);
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    static ChildSpec spec(Path dataDir, int port, Path log) {
        return spec(dataDir, port, log, List.of());
    }

    static ChildSpec spec(Path dataDir, int port, Path log, Collection<Detour> detours) {
        ReadyFile ready = new ReadyFile(dataDir.toAbsolutePath().resolve("ready"));
        ready.delete();
        JavaCommand command = new JavaCommand(
                StackClassPath.all(),
                MAIN,
                JavaFlags.small("256m", "broker"),
                Stream.concat(
                                Stream.of(
                                        "--port",
                                        Integer.toString(port),
                                        "--data",
                                        dataDir.toAbsolutePath().toString(),
                                        "--ready",
                                        ready.path().toString()),
                                detours.stream()
                                        .map(detour -> "--detour=" + detour.brokerListener() + "=" + detour.broker()))
                        .toList());
        return new ChildSpec("broker", command, Map.of(), log, ready, READY_WITHIN);
    }

    /** As clients want it: {@code host:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** The last lines of its log, oldest first. */
    public List<String> logTail() {
        return process.logTail();
    }

    /** SIGTERM, then SIGKILL after a grace. A new one may be started on the same folder and port. */
    public void stop() {
        process.stop();
    }

    /** SIGKILL. A new one may be started on the same folder and port. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }
}
