package io.catwalk.local;

import java.io.PrintStream;
import java.util.concurrent.Callable;

import io.catwalk.local.Launcher.Plan;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps a stack up until SIGINT or SIGTERM. */
@Command(name = "run", description = "Keeps a stack up until Ctrl-C.")
public final class RunMain implements Callable<Integer> {
    @Mixin
    private final StackOptions options = new StackOptions();

    public static void main(String[] words) {
        System.exit(new CommandLine(new RunMain()).execute(words));
    }

    @Override
    public Integer call() {
        return new Launcher(System.err).run(() -> new Plan(options.settings(".cache/run", false), RunMain::keepUp));
    }

    private static void keepUp(LocalStack stack) {
        System.out.println("Starting; this takes some 20 s.");
        stack.start();
        stack.startConsole();
        show(stack, System.out);
        throw stack.awaitFailure();
    }

    private static void show(LocalStack stack, PrintStream out) {
        out.println("console     " + stack.console());
        out.println("Kafka       " + stack.bootstrapServers());
        out.println("store       " + stack.store());
        out.println("ingestion   " + stack.ingestion());
        out.println("training    " + stack.training());
        out.println("evaluation  " + stack.evaluation());
        out.println("serving     " + stack.serving());
        out.println("data        " + stack.settings().data());
        out.println("logs        " + stack.settings().data().resolve("logs"));
        out.println("Ready. Ctrl-C stops it all.");
    }
}
