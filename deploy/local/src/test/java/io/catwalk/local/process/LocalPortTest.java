package io.catwalk.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class LocalPortTest {
    private static final int TIMES = 30;
    private static final int RANGE = 20;

    @Test
    void noPortIsGivenOutTwice() {
        List<Integer> ports = Stream.generate(() -> LocalPort.free(RANGE))
                .limit(TIMES)
                .flatMap(first -> IntStream.range(first, first + RANGE).boxed())
                .toList();

        assertThat(ports).hasSize(TIMES * RANGE).doesNotHaveDuplicates().allMatch(LocalPort::isFree);
    }

    /** By what another process would hold it first. */
    @Test
    void noOtherProcessIsGivenIt() {
        int port = LocalPort.free();

        assertThatThrownBy(() -> new DatagramSocket(port, InetAddress.getLoopbackAddress()))
                .isInstanceOf(BindException.class);
    }
}
