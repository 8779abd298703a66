package io.catwalk.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.catwalk.dataset.Splits;
import io.catwalk.local.Arguments;
import io.catwalk.local.Launcher;
import io.catwalk.local.Launcher.Plan;
import io.catwalk.local.LocalStack;
import io.catwalk.local.StackPorts;
import io.catwalk.local.StackSettings;
import io.catwalk.local.dataset.FashionMnistLocator;
import io.catwalk.network.environment.RuntimeEnvironment;

/** Measures a stack of its own: {@code [--epochs N] [--data DIR]}, ports moved by {@code PORT_BASE}. */
public final class BenchMain {
    private static final String DEFAULT_DATA = ".cache/bench";
    private static final List<Long> SEEDS = List.of(42L, 1L, 2L);

    private BenchMain() {}

    public static void main(String[] words) {
        System.setProperty("logback.configurationFile", "io/catwalk/local/logback.xml");
        System.exit(new Launcher(System.err)
                .run(() -> plan(Arguments.parse(List.of(words), Set.of("--epochs", "--data")))));
    }

    private static Plan plan(Arguments arguments) {
        int epochs = arguments.number("--epochs", 2, 100).orElse(5);
        Path root = StackSettings.ownRoot();
        Path dataset = FashionMnistLocator.of(root).locate();
        StackSettings settings = new StackSettings(
                root,
                arguments.text("--data").map(Path::of).orElse(root.resolve(DEFAULT_DATA)),
                StackPorts.of(Optional.ofNullable(System.getenv(StackPorts.BASE_VARIABLE))),
                dataset,
                true);
        return new Plan(settings, stack -> measure(stack, dataset, epochs));
    }

    private static void measure(LocalStack stack, Path dataset, int epochs) {
        RuntimeEnvironment environment = RuntimeEnvironment.detect();
        System.out.printf(
                "%s, %d threads, %s, oneDNN %s, TensorFlow %s%n",
                environment.cpu(),
                environment.threads(),
                String.join(" ", environment.cpuFeatures()),
                environment.oneDnn() ? "on" : "off",
                environment.tensorFlowVersion());
        Splits splits = FashionMnist.read(dataset);
        new StepThroughput(splits.train()).measure().print(System.out);
        stack.start();
        new PipelineThroughput(stack, splits, epochs).measure(SEEDS).print(System.out);
        ServingLatency.measure(stack, splits.test()).print(System.out);
    }
}
