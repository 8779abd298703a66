package io.catwalk.training.tensorboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;

import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.Test;

class EventFilesTest {
    private static final Name RUN = new Name("r1");

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final EventFiles files = new EventFiles(store, RUN);

    @Test
    void copiesEachEpochOnceInOrderWhateverElseLiesThere() throws IOException {
        for (int epoch : new int[] {10, 0, 2}) {
            files.create(epoch, ("epoch " + epoch + "\n").getBytes(UTF_8));
        }
        files.create(2, "another\n".getBytes(UTF_8));
        store.put(
                Artifacts.tensorBoard(RUN)
                        .key("events.out.tfevents.0000000002.catwalk-6c447518-ffe7-413f-ae99-bfc2b97edde1"),
                "ep".getBytes(UTF_8));

        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        files.copy(files.all(), copy);

        assertThat(copy.toString(UTF_8)).isEqualTo("epoch 0\nepoch 2\nepoch 10\n");
        assertThat(files.has(2)).isTrue();
        assertThat(files.has(1)).isFalse();
    }
}
