package io.catwalk.serving;

import java.io.IOException;
import java.util.Map;

import io.catwalk.local.process.LocalPort;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Others' Python clients, unmodified, against the built service. They come from PyPI; so this runs where {@code make clients} or
 * {@code -Dtests.left.out=soak} asks for it, or with {@code -Dtests.left.out=soak,large} for those that are fetched soon.
 */
@Tag("python")
class PythonClientsIT extends RunningServing {
    private final int grpcPort = LocalPort.free();

    @Override
    Map<String, String> settings() {
        return Map.of("CATWALK_GRPC_PORT", Integer.toString(grpcPort));
    }

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

    /** Their packages have hundreds of megabytes. */
    @Tag("large")
    @ParameterizedTest
    @CsvSource({"kserve_rest, kserve", "kserve_grpc, kserve", "tfs_grpc, tensorflow_serving"})
    void aLargeClientIsAnswered(String client, String packages) throws IOException, InterruptedException {
        aClientIsAnswered(client, packages);
    }

    @ParameterizedTest
    @CsvSource({"triton_http, triton", "triton_grpc, triton", "plain_requests, requests"})
    void aClientIsAnswered(String client, String packages) throws IOException, InterruptedException {
        new PythonClient(client, packages).succeeds(service.at("/").toString(), "127.0.0.1:" + grpcPort);
    }
}
