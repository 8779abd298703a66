package io.catwalk.local;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line of the broker's and of the store's process. */
interface ChildOptions {
    /** @throws ParameterException for an option that is missing, unknown or wrong */
    static ChildOptions parse(String[] words) {
        return CommandLine.populateSpec(ChildOptions.class, words);
    }

    @Option(names = "--port", required = true)
    int port();

    @Option(names = "--data", required = true)
    Path data();

    /** The file to create when the process is ready. */
    @Option(names = "--ready", required = true)
    Path ready();

    /** The broker's other ports, and which ones it names to those who come there. */
    @Option(names = "--detour")
    @Nullable Map<Integer, Integer> detours();
}
