package io.catwalk.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.local.process.LocalPort;

/**
 * The ports of one stack, all on the loopback address. A base moves them all, so that two stacks run side by side: Kafka is
 * at the base, the store, serving, ingestion, training, evaluation and the console follow in this order, the next one is kept for
 * Prometheus, then come serving's gRPC and the services' management ports, the console's last.
 */
public record StackPorts(
        int kafka,
        int store,
        int serving,
        int ingestion,
        int training,
        int evaluation,
        int console,
        int servingGrpc,
        Management management) {
    /** Where each service has its probes and metrics. */
    public record Management(int serving, int ingestion, int training, int evaluation, int console) {
        static Management from(int first) {
            return new Management(first, first + 1, first + 2, first + 3, first + 4);
        }
    }

    /** The environment variable of the base port. */
    public static final String BASE_VARIABLE = "PORT_BASE";

    private static final int PORTS = 14;
    private static final int LOWEST_BASE = 1024;
    private static final int HIGHEST_BASE = 65_536 - PORTS;

    /** The default ports. */
    public static StackPorts standard() {
        return new StackPorts(9092, 9000, 8080, 8081, 8082, 8083, 8084, 8085, Management.from(8090));
    }

    /** @throws IllegalArgumentException for a base that isn't a number from 1024 to 65522 */
    public static StackPorts of(Optional<String> base) {
        return base.filter(text -> !text.isBlank())
                .map(text -> from(base(text)))
                .orElseGet(StackPorts::standard);
    }

    private static int base(String text) {
        int base = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (base < LOWEST_BASE || base > HIGHEST_BASE) {
            throw new IllegalArgumentException("%s is %s, must be a whole number from %d to %d"
                    .formatted(BASE_VARIABLE, text, LOWEST_BASE, HIGHEST_BASE));
        }
        return base;
    }

    /** Free ports. */
    public static StackPorts free() {
        return from(LocalPort.free(PORTS));
    }

    private static StackPorts from(int base) {
        return new StackPorts(
                base, base + 1, base + 2, base + 3, base + 4, base + 5, base + 6, base + 8, Management.from(base + 9));
    }

    /** What listens where, in the order of starting. */
    Map<String, Integer> byName() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("Kafka", kafka);
        ports.put("the store", store);
        ports.put("ingestion", ingestion);
        ports.put("training", training);
        ports.put("evaluation", evaluation);
        ports.put("serving", serving);
        ports.put("serving's gRPC", servingGrpc);
        ports.put("ingestion's management", management.ingestion());
        ports.put("training's management", management.training());
        ports.put("evaluation's management", management.evaluation());
        ports.put("serving's management", management.serving());
        ports.put("the console", console);
        ports.put("the console's management", management.console());
        return ports;
    }
}
