package io.catwalk.benchmark.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import ai.djl.engine.Engine;

/**
 * {@link DjlTraining} as {@link ChildTraining} has it. TensorFlow and PyTorch both bring oneDNN, under the same names, so
 * one process can't load them both: it crashes.
 */
public final class DjlMain {
    private DjlMain() {}

    /** @param words file of the batches, their size, threads */
    public static void main(String[] words) throws IOException {
        int size = Integer.parseInt(words[1]);
        Batches batches = Batches.read(Path.of(words[0]), size);
        try (InProcess djl = new InProcess("DJL", DjlTraining.open(size, Integer.parseInt(words[2])), batches)) {
            Engine engine = Engine.getInstance();
            System.out.printf(
                    "ready DJL %s, %s %s%n", Engine.getDjlVersion(), engine.getEngineName(), engine.getVersion());
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (commands.readLine() != null) {
                System.out.println("seconds " + batches.imageCount() / djl.round());
            }
        }
    }
}
