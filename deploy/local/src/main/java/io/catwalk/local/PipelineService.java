package io.catwalk.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.catwalk.local.process.ChildSpec;
import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.JavaCommand;

/** One of the four services, as its build leaves it. */
enum PipelineService {
    INGESTION("ingestion", "256m"),
    TRAINING("training", "1g"),
    EVALUATION("evaluation", "768m"),
    SERVING("serving", "768m");

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    private final String folder;
    private final String maxHeap;

    PipelineService(String folder, String maxHeap) {
        this.folder = folder;
        this.maxHeap = maxHeap;
    }

    /** @throws IllegalArgumentException when no service has the name */
    static PipelineService named(String name) {
        return Stream.of(values())
                .filter(service -> service.folder.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no child is named " + name));
    }

    int port(StackPorts ports) {
        return switch (this) {
            case INGESTION -> ports.ingestion();
            case TRAINING -> ports.training();
            case EVALUATION -> ports.evaluation();
            case SERVING -> ports.serving();
        };
    }

    /** @throws StackSetupException when the service isn't built */
    ChildSpec spec(StackSettings settings, StoreKeys keys) {
        Path jar = settings.root().resolve("services/" + folder + "/target/quarkus-app/quarkus-run.jar");
        JavaCommand command = BuiltService.command(jar, maxHeap);
        URI health = URI.create("http://127.0.0.1:" + port(settings.ports()) + "/q/health/ready");
        return new ChildSpec(
                folder,
                command,
                environment(settings, keys),
                settings.log(folder),
                new HttpReadiness(health),
                READY_WITHIN);
    }

    private Map<String, String> environment(StackSettings settings, StoreKeys keys) {
        StackPorts ports = settings.ports();
        Map<String, String> environment = new HashMap<>(Map.of(
                "TF_ENABLE_ONEDNN_OPTS",
                "1",
                "TF_CPP_MIN_LOG_LEVEL",
                "2",
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + ports.kafka(),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port(ports)),
                "CATWALK_STORE_ENDPOINT",
                "http://127.0.0.1:" + ports.store(),
                "CATWALK_STORE_BUCKET",
                StoreProcess.BUCKET,
                StoreProcess.ACCESS_KEY_VARIABLE,
                keys.accessKey(),
                StoreProcess.SECRET_KEY_VARIABLE,
                keys.secretKey(),
                "CATWALK_NODE_NAME",
                folder));
        if (this == INGESTION) {
            environment.put(
                    "CATWALK_INGESTION_CATALOGUE_FASHION_MNIST_FOLDER",
                    settings.dataset().toString());
        }
        if (this == SERVING) {
            environment.put("CATWALK_GRPC_PORT", Integer.toString(ports.servingGrpc()));
        }
        environment.putAll(settings.environment());
        return environment;
    }
}
