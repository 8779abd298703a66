package io.catwalk.local.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.catwalk.local.Launcher;
import io.catwalk.local.Launcher.Plan;
import io.catwalk.local.StackPorts;
import io.catwalk.local.StackSettings;
import io.catwalk.local.dataset.FashionMnistLocator;

/**
 * Trains, evaluates, publishes and serves a model on a fresh stack, then ends:
 * {@code [--epochs N] [--network PRESET] [--data DIR]}, ports moved by {@code PORT_BASE}.
 */
public final class DemoMain {
    private static final String DEFAULT_DATA = ".cache/demo";

    private DemoMain() {}

    public static void main(String[] words) {
        // Read by the Kafka clients' logging when their first class loads.
        System.setProperty("logback.configurationFile", "io/catwalk/local/logback.xml");
        System.setProperty("java.awt.headless", "true");
        System.exit(new Launcher(System.err).run(() -> plan(DemoArguments.parse(List.of(words)))));
    }

    private static Plan plan(DemoArguments arguments) {
        Demo demo = new Demo(arguments, Display.of(System.out), Clock.systemUTC(), System::nanoTime);
        return new Plan(settings(arguments), demo);
    }

    private static StackSettings settings(DemoArguments arguments) {
        Path root = StackSettings.ownRoot();
        return new StackSettings(
                root,
                arguments.data().orElse(root.resolve(DEFAULT_DATA)),
                StackPorts.of(Optional.ofNullable(System.getenv(StackPorts.BASE_VARIABLE))),
                FashionMnistLocator.of(root).locate(),
                true);
    }
}
