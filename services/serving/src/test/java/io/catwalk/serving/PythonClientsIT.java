package io.catwalk.serving;

import java.io.IOException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Others' Python clients, unmodified, against the built service. They come from PyPI; so this runs where {@code make clients} or
 * {@code -Dtests.left.out=} asks for it.
 */
@Tag("python")
class PythonClientsIT extends RunningServing {
    @BeforeAll
    static void requirePython() throws IOException, InterruptedException {
        PythonClient.requirePython();
    }

    @BeforeEach
    void serve() {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"triton_http", "kserve_rest", "plain_requests"})
    void aClientIsAnswered(String client) throws IOException, InterruptedException {
        new PythonClient(client).succeeds(service.at("/").toString());
    }
}
