package io.catwalk.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    /** As a JVM does, it ignores the signal that comes beside the error. */
    private static final String WRITER =
            "trap '' XFSZ; while read line; do (echo $line >> \"$0\") 2>/dev/null && echo written || echo refused; done";

    @Test
    void refusesWritesToFilesUntilThereIsRoom(@TempDir Path folder) throws IOException {
        Process process =
                new ProcessBuilder("sh", "-c", WRITER, folder.resolve("file").toString()).start();
        try (Writer out = process.outputWriter();
                BufferedReader in = process.inputReader()) {
            assertThat(ask(out, in)).isEqualTo("written");
            FullDisk full = FullDisk.of(process.pid());
            assertThat(ask(out, in)).isEqualTo("refused");
            full.close();
            assertThat(ask(out, in)).isEqualTo("written");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String ask(Writer out, BufferedReader in) throws IOException {
        out.write("line\n");
        out.flush();
        return in.readLine();
    }
}
