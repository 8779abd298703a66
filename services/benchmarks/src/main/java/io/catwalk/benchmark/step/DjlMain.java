package io.catwalk.benchmark.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import ai.djl.engine.Engine;
import io.catwalk.benchmark.step.DjlTraining.Layout;

/**
 * {@link DjlTraining} as a child process of {@link ChildTraining}. TensorFlow and PyTorch both bring oneDNN, under the same names, so
 * one process can't load them both: it crashes.
 */
public final class DjlMain {
    private DjlMain() {}

    /** @param words the layout, file of the batches, their size, threads */
    public static void main(String[] words) throws IOException {
        Layout layout = Layout.valueOf(words[0]);
        int size = Integer.parseInt(words[2]);
        Batches batches = Batches.read(Path.of(words[1]), size);
        DjlTraining training = DjlTraining.open(layout, size, Integer.parseInt(words[3]));
        try (InProcess djl = new InProcess("DJL", training, batches)) {
            Engine engine = Engine.getInstance();
            System.out.printf(
                    "ready DJL %s, %s %s, %s%n",
                    Engine.getDjlVersion(), engine.getEngineName(), engine.getVersion(), layout.words());
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (commands.readLine() != null) {
                System.out.println("seconds " + batches.imageCount() / djl.round());
            }
        }
    }
}
