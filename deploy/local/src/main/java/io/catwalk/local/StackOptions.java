package io.catwalk.local;

import java.nio.file.Path;
import java.util.Optional;

import io.catwalk.local.dataset.DatasetMissingException;
import io.catwalk.local.dataset.FashionMnistLocator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of each command that starts a stack. */
@Command(
        sortOptions = false,
        footer = "The environment variable " + StackPorts.BASE_VARIABLE + " moves all ports of the stack.")
public final class StackOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the stack keeps its data; without it, a folder of the project's .cache.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--help", usageHelp = true, description = "Shows this help.")
    private boolean help;

    /**
     * The stack's settings.
     *
     * @param defaultData a folder below the project's
     * @param fresh whether what earlier stacks left in the data folder is deleted first
     * @throws IllegalArgumentException for a base port outside its limits
     * @throws DatasetMissingException when Fashion-MNIST isn't on this machine and can't be downloaded
     */
    public StackSettings settings(String defaultData, boolean fresh) {
        Path root = StackSettings.ownRoot();
        return new StackSettings(
                root,
                data.orElse(root.resolve(defaultData)),
                StackPorts.of(Optional.ofNullable(System.getenv(StackPorts.BASE_VARIABLE))),
                FashionMnistLocator.of(root).locate(),
                fresh);
    }
}
