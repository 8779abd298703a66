package io.catwalk.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.catwalk.local.process.ChildFailedException;
import io.catwalk.local.process.ChildProcess;
import io.catwalk.local.process.ChildSpec;
import io.catwalk.local.process.JavaCommand;
import io.catwalk.local.process.LocalPort;
import io.catwalk.local.process.ReadyFile;
import io.catwalk.local.process.StackClassPath;

/** An S3 server over a folder with one bucket, as a separate process on the loopback address. */
public final class StoreProcess implements AutoCloseable {
    /** The bucket that is always there. */
    public static final String BUCKET = "catwalk";

    static final String ACCESS_KEY_VARIABLE = "CATWALK_STORE_ACCESS_KEY";
    static final String SECRET_KEY_VARIABLE = "CATWALK_STORE_SECRET_KEY";

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final String MAIN = "io.catwalk.local.StoreMain";

    private final ChildProcess process;
    private final int port;

    private StoreProcess(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** As {@link #start(Path, int, String, String)}, on a free port. */
    public static StoreProcess start(Path dataDir, String accessKey, String secretKey) {
        return start(dataDir, LocalPort.free(), accessKey, secretKey);
    }

    /**
     * Starts a store and waits until it answers. What an earlier one left in the folder is there.
     *
     * @param dataDir the objects, and {@code store.log}
     * @throws ChildFailedException when it ends or isn't ready in time
     */
    public static StoreProcess start(Path dataDir, int port, String accessKey, String secretKey) {
        StoreKeys keys = new StoreKeys(accessKey, secretKey);
        ChildProcess process = ChildProcess.start(spec(dataDir, port, keys, dataDir.resolve("store.log")));
        try {
            process.awaitReady();
            return new StoreProcess(process, port);
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    static ChildSpec spec(Path dataDir, int port, StoreKeys keys, Path log) {
        ReadyFile ready = new ReadyFile(dataDir.toAbsolutePath().resolve("ready"));
        ready.delete();
        JavaCommand command = new JavaCommand(
                StackClassPath.all(),
                MAIN,
                JavaFlags.small("512m", "store"),
                List.of(
                        "--port",
                        Integer.toString(port),
                        "--data",
                        dataDir.toAbsolutePath().toString(),
                        "--ready",
                        ready.path().toString()));
        Map<String, String> environment =
                Map.of(ACCESS_KEY_VARIABLE, keys.accessKey(), SECRET_KEY_VARIABLE, keys.secretKey());
        return new ChildSpec("store", command, environment, log, ready, READY_WITHIN);
    }

    /** Where clients find it; buckets are in the path. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
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
