package io.catwalk.benchmark.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.catwalk.benchmark.round.Contestant;

/** Training steps of a Python process that is told when to work, in images a second by its own clock. */
final class PythonTraining implements Contestant {
    private static final String READY = "ready ";
    private static final String SECONDS = "seconds ";
    private static final long PATIENCE_SECONDS = 10;

    private final int images;
    private final Path batchFile;
    private final Path log;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final String name;

    private PythonTraining(Batches batches, Path batchFile, Path log, Process process) throws IOException {
        this.images = batches.imageCount();
        this.batchFile = batchFile;
        this.log = log;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.name = answer(READY);
    }

    /**
     * Starts a script, which says what it is when it is ready.
     *
     * @param log what it says on its standard error
     * @throws PeerUnavailableException when it doesn't get ready
     */
    static PythonTraining start(Path python, Path script, Batches batches, int threads, Path log) {
        try {
            Path batchFile = Files.createTempFile("batches", ".bin");
            batches.write(batchFile);
            Process process = new ProcessBuilder(
                            python.toString(),
                            script.toString(),
                            batchFile.toString(),
                            Integer.toString(batches.size()),
                            Integer.toString(threads))
                    .redirectError(log.toFile())
                    .start();
            return new PythonTraining(batches, batchFile, log, process);
        } catch (IOException e) {
            throw new PeerUnavailableException(e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double round() {
        try {
            commands.write("round\n");
            commands.flush();
            return images / Double.parseDouble(answer(SECONDS));
        } catch (IOException e) {
            throw new PeerUnavailableException(name + " stopped: " + e.getMessage(), e);
        }
    }

    /** Ends the process: its script works until its input ends. */
    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(batchFile);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The rest of the next line that begins so; libraries may say other things before. */
    private String answer(String beginning) throws IOException {
        String line = answers.readLine();
        while (line != null && !line.startsWith(beginning)) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("it ended, see " + log);
        }
        return line.substring(beginning.length());
    }
}
