package io.catwalk.local.demo;

import java.time.Instant;
import java.util.concurrent.Callable;

import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.local.Launcher;
import io.catwalk.local.Launcher.Plan;
import io.catwalk.local.StackOptions;
import io.catwalk.training.v1.TrainingRequested;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains, evaluates, publishes and serves a model on a fresh stack, then ends. */
@Command(name = "demo", description = "Trains, evaluates, publishes and serves a model on a fresh stack, then ends.")
public final class DemoMain implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Option(names = "--epochs", paramLabel = "N", description = "From 1 to 10000; ${DEFAULT-VALUE} by default.")
    private int epochs = 5;

    @Option(names = "--network", paramLabel = "PRESET", description = "What to train; ${DEFAULT-VALUE} by default.")
    private String network = "tutorial-cnn";

    public static void main(String[] words) {
        // Read by the Kafka clients' logging when their first class loads.
        System.setProperty("logback.configurationFile", "io/catwalk/local/logback.xml");
        System.setProperty("java.awt.headless", "true");
        System.exit(new CommandLine(new DemoMain()).execute(words));
    }

    @Override
    public Integer call() {
        Demo demo = new Demo(request(), Display.of(System.out), System::nanoTime);
        return new Launcher(System.err).run(() -> new Plan(stack.settings(".cache/demo", true), demo));
    }

    private Event<TrainingRequested> request() {
        try {
            return Demo.request(epochs, network, Instant.now());
        } catch (BadEventException e) {
            throw new ParameterException(command.commandLine(), "--" + e.getMessage());
        }
    }
}
