package io.catwalk.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client behind a proxy, and a server that answers each byte with the next one. */
class TcpProxyTest {
    private static final int PATIENCE = 200;

    private final AtomicInteger received = new AtomicInteger();
    private final Sockets server = new Sockets();
    private final TcpProxy proxy = new TcpProxy(server.port());

    TcpProxyTest() {
        server.serve(this::answer);
    }

    private void answer(Socket client) {
        try {
            for (int next = client.getInputStream().read();
                    next >= 0;
                    next = client.getInputStream().read()) {
                received.incrementAndGet();
                client.getOutputStream().write(next + 1);
            }
        } catch (IOException e) {
            server.reset(client);
        }
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
    }

    @Test
    void aSoundLinePassesAll() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 1)).isEqualTo(2);
            assertThat(ask(client, 7)).isEqualTo(8);
        }
    }

    @Test
    void aDelayedLineTakesItsTimeEachWay() throws IOException {
        proxy.set(Line.delayed(Duration.ofMillis(60)));
        try (Socket client = connect()) {
            long start = System.nanoTime();
            assertThat(ask(client, 1)).isEqualTo(2);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        }
    }

    @Test
    void aHalfOpenLinePassesNothingUntilItIsSound() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 1)).isEqualTo(2);
            proxy.set(Line.HALF_OPEN);
            assertThatThrownBy(() -> ask(client, 3)).isInstanceOf(SocketTimeoutException.class);
            assertThat(received).hasValue(1);
            proxy.set(Line.SOUND);
            assertThat(client.getInputStream().read()).isEqualTo(4);
        }
    }

    @Test
    void aLostAnswersRequestHasArrivedAndItsConnectionIsOfNoMoreUse() throws IOException {
        proxy.set(Line.ANSWERS_LOST);
        try (Socket client = connect()) {
            assertThatThrownBy(() -> ask(client, 1)).isInstanceOf(SocketTimeoutException.class);
            assertThat(received).hasValue(1);
            proxy.set(Line.SOUND);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void whoIsAwayResetsAll() throws IOException {
        try (Socket before = connect()) {
            assertThat(ask(before, 1)).isEqualTo(2);
            proxy.set(Line.AWAY);
            assertThatThrownBy(() -> before.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (Socket meanwhile = connect()) {
            assertThatThrownBy(() -> {
                        ask(meanwhile, 1);
                        ask(meanwhile, 1);
                    })
                    .isInstanceOf(SocketException.class);
        }
        assertThat(received).hasValue(1);
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(PATIENCE);
        return client;
    }

    private static int ask(Socket client, int number) throws IOException {
        client.getOutputStream().write(number);
        return client.getInputStream().read();
    }
}
