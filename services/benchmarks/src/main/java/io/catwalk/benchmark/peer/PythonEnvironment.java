package io.catwalk.benchmark.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * A Python virtual environment, created on first use.
 *
 * @param folder of the environment; the sibling {@code *.log} has pip's output
 */
public record PythonEnvironment(Path folder) {
    private static final long GIGA = 1L << 30;

    /**
     * Returns the environment's Python, with all packages of a requirements file.
     *
     * @param gigabytes what the packages need on disk, at most
     * @throws PeerUnavailableException without Python, disk space or network
     */
    public Path with(Path requirements, int gigabytes) {
        Path python = folder.resolve("bin/python");
        Path marker = folder.resolve(requirements.getFileName().toString() + ".installed");
        try {
            String wanted = Files.readString(requirements);
            if (Files.exists(marker) && Files.readString(marker).equals(wanted)) {
                return python;
            }
            Files.createDirectories(folder);
            long free = Files.getFileStore(folder).getUsableSpace() / GIGA;
            if (free < gigabytes) {
                throw new PeerUnavailableException("%s has %d GB free, needs %d".formatted(folder, free, gigabytes));
            }
            System.out.printf(
                    "installing %s into %s, at most %d GB%n",
                    String.join(", ", wanted.lines().toList()), folder, gigabytes);
            run(List.of("python3", "-m", "venv", folder.toString()));
            run(List.of(
                    python.toString(),
                    "-m",
                    "pip",
                    "install",
                    "-q",
                    "--only-binary=:all:",
                    "-r",
                    requirements.toString()));
            Files.writeString(marker, wanted);
            return python;
        } catch (IOException e) {
            throw new PeerUnavailableException(e.getMessage(), e);
        }
    }

    private void run(List<String> command) throws IOException {
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                String said = Files.readString(log).strip();
                throw new PeerUnavailableException(said.lines()
                        .filter(line -> line.startsWith("ERROR"))
                        .findFirst()
                        .orElse(String.join(" ", command) + " failed, see " + log));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
