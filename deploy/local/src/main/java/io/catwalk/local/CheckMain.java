package io.catwalk.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.catwalk.local.process.ChildFailedException;
import io.catwalk.local.process.LocalPort;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/**
 * Runs the installation's {@code check-history}: against the deployment that the environment names, else against the stack that
 * runs on a data folder, else against what the last one left there, on a broker and a store of its own.
 */
@Command(
        name = "check",
        description =
                "Checks the history of a stack's data folder, or of the deployment that KAFKA_BOOTSTRAP_SERVERS names.",
        footer = "All other options go to check-history.")
public final class CheckMain implements Callable<Integer> {
    private static final String BROKER_VARIABLE = "KAFKA_BOOTSTRAP_SERVERS";
    private static final int CANNOT_CHECK = 2;

    @Option(names = "--data", paramLabel = "DIR", description = "The stack's data folder; .cache/run without it.")
    private Optional<Path> data = Optional.empty();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    public static void main(String[] words) {
        System.exit(new CommandLine(new CheckMain()).execute(words));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return System.getenv(BROKER_VARIABLE) == null ? checkFolder() : check(Map.of());
        } catch (StackSetupException | ChildFailedException | IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return CANNOT_CHECK;
        }
    }

    private int checkFolder() throws IOException, InterruptedException {
        Path folder = data.orElse(StackSettings.ownRoot().resolve(".cache/run")).toAbsolutePath();
        StackPorts ports = StackPorts.of(Optional.ofNullable(System.getenv(StackPorts.BASE_VARIABLE)));
        if (!Files.exists(folder.resolve("store-keys"))) {
            throw new StackSetupException("no stack has left its data in " + folder + ": give another with --data");
        }
        StoreKeys keys = StoreKeys.of(folder.resolve("store-keys"), new SecureRandom());
        if (!LocalPort.isFree(ports.kafka()) && !LocalPort.isFree(ports.store())) {
            return check(environment("127.0.0.1:" + ports.kafka(), "http://127.0.0.1:" + ports.store(), keys));
        }
        DataFolder held = DataFolder.hold(folder);
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"), ports.kafka());
                StoreProcess store = StoreProcess.start(
                        folder.resolve("store"), ports.store(), keys.accessKey(), keys.secretKey())) {
            return check(environment(broker.bootstrapServers(), store.endpoint().toString(), keys));
        } finally {
            held.close();
        }
    }

    private static Map<String, String> environment(String broker, String store, StoreKeys keys) {
        return Map.of(
                BROKER_VARIABLE,
                broker,
                "CATWALK_STORE_ENDPOINT",
                store,
                StoreProcess.ACCESS_KEY_VARIABLE,
                keys.accessKey(),
                StoreProcess.SECRET_KEY_VARIABLE,
                keys.secretKey());
    }

    private int check(Map<String, String> environment) throws IOException, InterruptedException {
        Path jar = StackSettings.ownRoot().resolve("services/installation/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StackSetupException(jar + " is missing: run `make build` first");
        }
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JavaFlags.service("512m"));
        words.addAll(List.of("-jar", jar.toString(), "check-history"));
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }
}
