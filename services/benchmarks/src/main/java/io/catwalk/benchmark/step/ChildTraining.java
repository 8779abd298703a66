package io.catwalk.benchmark.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.catwalk.benchmark.peer.PeerUnavailableException;
import io.catwalk.benchmark.round.Contestant;

/**
 * Training steps in a child process, in images a second by its own clock: its arguments are the file of batches, the batch
 * size and the number of threads; it prints {@code ready NAME}, and {@code seconds S} after a round for each line that it
 * reads. It ends at the end of its input.
 */
final class ChildTraining implements Contestant {
    private static final String READY = "ready ";
    private static final String SECONDS = "seconds ";
    private static final long PATIENCE_SECONDS = 10;

    private final int images;
    private final Path log;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final String name;

    private ChildTraining(int images, Path log, Process process) throws IOException {
        this.images = images;
        this.log = log;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.name = answer(READY);
    }

    /**
     * Starts a process and waits until it is ready.
     *
     * @param log for its standard error
     * @throws PeerUnavailableException when it doesn't become ready
     */
    static ChildTraining start(List<String> command, Batches batches, int threads, Path log) {
        try {
            Path batchFile = Files.createTempFile("batches", ".bin");
            batches.write(batchFile);
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of(batchFile.toString(), Integer.toString(batches.size()), Integer.toString(threads)));
            Process process =
                    new ProcessBuilder(words).redirectError(log.toFile()).start();
            ChildTraining child = new ChildTraining(batches.imageCount(), log, process);
            Files.delete(batchFile);
            return child;
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

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The rest of the next line with this prefix; libraries may print other lines before. */
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
