package io.catwalk.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.catwalk.local.Launcher.Plan;
import io.catwalk.local.dataset.FashionMnistLocator;

/** Keeps a stack up until SIGINT or SIGTERM: {@code [--data DIR]}, ports moved by {@code PORT_BASE}. */
public final class RunMain {
    private static final String DEFAULT_DATA = ".cache/run";

    private RunMain() {}

    public static void main(String[] words) {
        System.exit(new Launcher(System.err).run(() -> new Plan(settings(List.of(words)), RunMain::keepUp)));
    }

    private static StackSettings settings(List<String> words) {
        Arguments arguments = Arguments.parse(words, Set.of("--data"));
        Path root = StackSettings.ownRoot();
        return new StackSettings(
                root,
                arguments.text("--data").map(Path::of).orElse(root.resolve(DEFAULT_DATA)),
                StackPorts.of(Optional.ofNullable(System.getenv(StackPorts.BASE_VARIABLE))),
                FashionMnistLocator.of(root).locate(),
                false);
    }

    private static void keepUp(LocalStack stack) {
        System.out.println("Starting; this takes some 20 s.");
        stack.start();
        show(stack, System.out);
        throw stack.awaitFailure();
    }

    private static void show(LocalStack stack, PrintStream out) {
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
