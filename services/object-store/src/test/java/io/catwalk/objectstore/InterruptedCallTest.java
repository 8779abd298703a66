package io.catwalk.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;

class InterruptedCallTest {
    @Test
    void aThreadThatIsInterruptedWhileItWaitsGetsNoAnswerAndStaysInterrupted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ObjectStore store = LoopbackStore.at(silent.getLocalPort());
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> store.put(Artifacts.blob(Digest.of(new byte[0])), new byte[0]))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith("interrupted while the store was asked to put blobs/");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
