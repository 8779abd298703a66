package io.catwalk.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Python client of {@code src/test/python}: the script {@code NAME.py}, and {@code PACKAGES.txt} with what it needs from PyPI,
 * which is installed on first use into an environment below the build's cache.
 */
record PythonClient(String name, String packages) {
    private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
    private static final Path CACHE =
            Path.of("../../.cache/clients").toAbsolutePath().normalize();

    /** Skips the test where there is no Python, or one before 3.9. */
    static void requirePython() throws IOException, InterruptedException {
        boolean found;
        try {
            found = run(List.of("python3", "-c", "import sys, venv; sys.exit(sys.version_info < (3, 9))"))
                    .isSuccess();
        } catch (IOException e) {
            found = false;
        }
        assumeTrue(found, "the clients need python3 3.9 or later with venv");
    }

    /** Runs the script with its arguments; it must end with success. */
    void succeeds(String... arguments) throws IOException, InterruptedException {
        Path python = installed();
        Ended ended = run(Stream.concat(
                        Stream.of(
                                python.toString(), SCRIPTS.resolve(name + ".py").toString()),
                        Arrays.stream(arguments))
                .toList());
        assertThat(ended.isSuccess()).as("%s: %s", name, ended.output()).isTrue();
    }

    private Path installed() throws IOException, InterruptedException {
        Path folder = CACHE.resolve(packages);
        Path python = folder.resolve("bin/python");
        Path marker = folder.resolve("installed.txt");
        Path requirements = SCRIPTS.resolve(packages + ".txt");
        String wanted = Files.readString(requirements);
        if (Files.exists(marker) && Files.readString(marker).equals(wanted)) {
            return python;
        }
        Files.createDirectories(CACHE);
        require(List.of("python3", "-m", "venv", "--clear", folder.toString()));
        require(List.of(python.toString(), "-m", "pip", "install", "-q", "-r", requirements.toString()));
        Files.writeString(marker, wanted);
        return python;
    }

    private static void require(List<String> command) throws IOException, InterruptedException {
        Ended ended = run(command);
        if (!ended.isSuccess()) {
            fail(String.join(" ", command) + ": " + ended.output());
        }
    }

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private record Ended(int status, String output) {
        boolean isSuccess() {
            return status == 0;
        }
    }
}
