package io.catwalk.local;

import java.nio.file.Path;
import java.util.Map;

import io.catwalk.local.process.StackClassPath;

/**
 * What a stack is started with.
 *
 * @param root the folder of the built project
 * @param data what the stack keeps: records, objects, logs
 * @param dataset the folder with Fashion-MNIST's four files
 * @param fresh whether what earlier stacks left in the data folder is deleted first
 * @param shortLived whether the services are a test's, which live for seconds: they start sooner, and compute slower
 * @param environment variables of every service, over those that the stack gives it
 */
public record StackSettings(
        Path root,
        Path data,
        StackPorts ports,
        Path dataset,
        boolean fresh,
        boolean shortLived,
        Map<String, String> environment) {
    public StackSettings {
        root = root.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        dataset = dataset.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    /** Settings of services that get nothing beside what the stack gives them. */
    public StackSettings(Path root, Path data, StackPorts ports, Path dataset, boolean fresh) {
        this(root, data, ports, dataset, fresh, false, Map.of());
    }

    /** The project that this class was built in. */
    public static Path ownRoot() {
        Path module = StackClassPath.ownClasses().resolve("../..").normalize();
        return module.resolve("../..").normalize();
    }

    Path log(String name) {
        return data.resolve("logs").resolve(name + ".log");
    }
}
