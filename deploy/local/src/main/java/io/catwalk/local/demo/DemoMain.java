package io.catwalk.local.demo;

import java.time.Clock;
import java.util.concurrent.Callable;

import io.catwalk.local.Launcher;
import io.catwalk.local.Launcher.Plan;
import io.catwalk.local.Limits;
import io.catwalk.local.StackOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains, judges, publishes and serves a model on a fresh stack, then ends. */
@Command(name = "demo", description = "Trains, judges, publishes and serves a model on a fresh stack, then ends.")
public final class DemoMain implements Callable<Integer> {
    private static final Limits EPOCHS = new Limits(1, 10_000);
    private static final String NETWORK_PATTERN = "[a-z0-9][a-z0-9._-]{0,62}";

    @Spec
    private CommandSpec command;

    @Mixin
    private final StackOptions stack = new StackOptions();

    private int epochs;
    private String network;

    public static void main(String[] words) {
        // Read by the Kafka clients' logging when their first class loads.
        System.setProperty("logback.configurationFile", "io/catwalk/local/logback.xml");
        System.setProperty("java.awt.headless", "true");
        System.exit(new CommandLine(new DemoMain()).execute(words));
    }

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "5",
            description = "From 1 to 10000; ${DEFAULT-VALUE} by default.")
    void epochs(int value) {
        epochs = EPOCHS.check(command, "--epochs", value);
    }

    @Option(
            names = "--network",
            paramLabel = "PRESET",
            defaultValue = "tutorial-cnn",
            description = "What to train; ${DEFAULT-VALUE} by default.")
    void network(String value) {
        if (!value.matches(NETWORK_PATTERN)) {
            throw new ParameterException(
                    command.commandLine(), "--network is %s, must match %s".formatted(value, NETWORK_PATTERN));
        }
        network = value;
    }

    @Override
    public Integer call() {
        Clock clock = Clock.systemUTC();
        Demo demo = new Demo(
                Demo.request(epochs, network, clock.instant()), Display.of(System.out), clock, System::nanoTime);
        return new Launcher(System.err).run(() -> new Plan(stack.settings(".cache/demo", true), demo));
    }
}
