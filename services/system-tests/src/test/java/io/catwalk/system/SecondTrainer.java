package io.catwalk.system;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.local.ServiceProcess;
import io.catwalk.local.StackSettings;
import io.catwalk.local.StoreProcess;

/**
 * A trainer beside the stack's own: each takes up what the other leaves. Nothing stands between it and broker and store, so that it
 * works on while the other's lines are disturbed.
 */
final class SecondTrainer implements AutoCloseable {
    static final String NAME = "training-2";

    private final Path jar;
    private final Path log;
    private final Map<String, String> environment;
    private ServiceProcess process;

    SecondTrainer(Pipeline pipeline) {
        StackSettings settings = pipeline.stack().settings();
        List<String> keys = StackHistory.keys(pipeline.stack());
        jar = settings.root().resolve("services/training/target/quarkus-app/quarkus-run.jar");
        log = settings.data().resolve("logs").resolve(NAME + ".log");
        environment = new HashMap<>(settings.environment());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", pipeline.stack().bootstrapServers());
        environment.put("CATWALK_STORE_ENDPOINT", pipeline.stack().store().toString());
        environment.put("CATWALK_STORE_BUCKET", StoreProcess.BUCKET);
        environment.put("CATWALK_STORE_ACCESS_KEY", keys.get(0));
        environment.put("CATWALK_STORE_SECRET_KEY", keys.get(1));
        environment.put("CATWALK_NODE_NAME", NAME);
        process = start();
    }

    private ServiceProcess start() {
        return ServiceProcess.startShortLived("training", jar, log, environment);
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.kill();
    }

    void restart() {
        process.kill();
        process = start();
    }

    @Override
    public void close() {
        process.close();
    }
}
