package io.catwalk.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.local.process.ChildSpec;
import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.JavaCommand;

/** One of the four services or their console, as its build leaves it. */
enum PipelineService {
    INGESTION("ingestion", "256m"),
    TRAINING("training", "1g"),
    EVALUATION("evaluation", "768m"),
    SERVING("serving", "768m"),
    CONSOLE("console", "192m");

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
            case CONSOLE -> ports.console();
        };
    }

    int managementPort(StackPorts ports) {
        return switch (this) {
            case INGESTION -> ports.management().ingestion();
            case TRAINING -> ports.management().training();
            case EVALUATION -> ports.management().evaluation();
            case SERVING -> ports.management().serving();
            case CONSOLE -> ports.management().console();
        };
    }

    String childName() {
        return folder;
    }

    /**
     * @param more variables over all others
     * @throws StackSetupException when the service isn't built
     */
    ChildSpec spec(StackSettings settings, StoreKeys keys, Optional<Detour> detour, Map<String, String> more) {
        Path jar = settings.root().resolve("services/" + folder + "/target/quarkus-app/quarkus-run.jar");
        JavaCommand command =
                settings.shortLived() ? BuiltService.shortLived(jar, maxHeap) : BuiltService.command(jar, maxHeap);
        Map<String, String> environment = environment(settings, keys, detour);
        environment.putAll(more);
        URI health = URI.create("http://127.0.0.1:" + managementPort(settings.ports()) + "/q/health/ready");
        return new ChildSpec(
                folder, command, environment, settings.log(folder), new HttpReadiness(health), READY_WITHIN);
    }

    private Map<String, String> environment(StackSettings settings, StoreKeys keys, Optional<Detour> detour) {
        StackPorts ports = settings.ports();
        Map<String, String> environment = new HashMap<>(Map.of(
                "TF_ENABLE_ONEDNN_OPTS",
                "1",
                "TF_CPP_MIN_LOG_LEVEL",
                "2",
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + detour.map(Detour::broker).orElse(ports.kafka()),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port(ports)),
                "CATWALK_STORE_ENDPOINT",
                "http://127.0.0.1:" + detour.map(Detour::store).orElse(ports.store()),
                "CATWALK_STORE_BUCKET",
                StoreProcess.BUCKET,
                StoreProcess.ACCESS_KEY_VARIABLE,
                keys.accessKey(),
                StoreProcess.SECRET_KEY_VARIABLE,
                keys.secretKey(),
                "CATWALK_NODE_NAME",
                folder));
        // Only this machine reaches it.
        environment.put(ServiceAddresses.ACCESS_VARIABLE, "false");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort(ports)));
        if (this == INGESTION) {
            environment.put(
                    "CATWALK_INGESTION_CATALOGUE_FASHION_MNIST_FOLDER",
                    settings.dataset().toString());
        }
        if (this == SERVING) {
            environment.put("CATWALK_GRPC_PORT", Integer.toString(ports.servingGrpc()));
        }
        if (this == CONSOLE) {
            // It has no business there.
            environment.keySet().removeIf(name -> name.startsWith("CATWALK_STORE_"));
            for (PipelineService asked : List.of(INGESTION, TRAINING, EVALUATION, SERVING)) {
                environment.put("CATWALK_CONSOLE_" + asked.name(), "http://127.0.0.1:" + asked.port(ports));
            }
        }
        environment.putAll(settings.environment());
        return environment;
    }
}
