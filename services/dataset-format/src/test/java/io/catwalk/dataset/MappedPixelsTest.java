package io.catwalk.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedPixelsTest {
    private static final long PART = 1L << 30;

    @TempDir
    private Path folder;

    /** Nearly all of the file is a hole, which takes no room. */
    @Test
    void readsOverTheEndOfABufferAndBeyondWhatAnArrayHolds() throws IOException {
        FileChannel file = open("large");
        file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 16 + PART - 2);
        file.write(ByteBuffer.wrap(new byte[] {5}), 16 + 3 * PART);

        try (MappedPixels pixels = MappedPixels.of(file, 16)) {
            byte[] read = new byte[6];
            pixels.copy(PART - 2, read, 1, 4);
            assertThat(read).containsExactly(0, 1, 2, 3, 4, 0);
            pixels.copy(3 * PART, read, 0, 1);
            assertThat(read[0]).isEqualTo((byte) 5);
            assertThat(pixels.length()).isEqualTo(3 * PART + 1);
        }
    }

    @Test
    void whatIsClosedIsEmptiedAndReadByNobody() throws IOException {
        FileChannel file = open("closed");
        file.write(ByteBuffer.wrap(new byte[20]));
        MappedPixels pixels = MappedPixels.of(file, 8);

        pixels.close();
        assertThat(folder.resolve("closed")).isEmptyFile();
        assertThatThrownBy(() -> pixels.copy(0, new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(
                folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
