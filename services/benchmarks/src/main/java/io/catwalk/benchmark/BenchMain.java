package io.catwalk.benchmark;

import java.util.concurrent.Callable;

import io.catwalk.local.Launcher;
import io.catwalk.local.Launcher.Plan;
import io.catwalk.local.StackOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures Catwalk on a stack of its own. */
@Command(
        name = "bench",
        description = "Measures Catwalk; lists are separated by blanks or commas, and a comma alone is an empty one.")
public final class BenchMain implements Callable<Integer> {
    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    final Options options = new Options();

    public static void main(String[] words) {
        System.setProperty("logback.configurationFile", "io/catwalk/local/logback.xml");
        System.exit(new BenchMain().commandLine().execute(words));
    }

    CommandLine commandLine() {
        return new CommandLine(this).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() {
        return new Launcher(System.err)
                .run(() -> new Plan(
                        stack.settings(".cache/bench", true), running -> new Benchmarks(running, options).run()));
    }
}
