package io.catwalk.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;

class PortOwnerTest {
    @Test
    void theListenerIsFound() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(LocalPort.isFree(socket.getLocalPort())).isFalse();
            assertThat(PortOwner.of(socket.getLocalPort())).contains(ProcessHandle.current());
        }
        int free = LocalPort.free();
        assertThat(LocalPort.isFree(free)).isTrue();
        assertThat(PortOwner.of(free)).isEmpty();
    }
}
