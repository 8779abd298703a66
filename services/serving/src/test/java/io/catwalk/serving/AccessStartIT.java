package io.catwalk.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.catwalk.local.ServiceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built service doesn't start open to others, nor closed to all; it needs neither broker nor store to say so. */
class AccessStartIT {
    @TempDir
    Path top;

    @Test
    void withoutAccessControlItListensOnLoopbackAddressesAlone() throws IOException {
        refuses(
                "catwalk.access.enabled is false and quarkus.http.host is 0.0.0.0, which others reach",
                // gRPC listens where HTTP does, unless it is told otherwise.
                Map.of(
                        "CATWALK_ACCESS_ENABLED",
                        "false",
                        "QUARKUS_HTTP_HOST",
                        "0.0.0.0",
                        "CATWALK_GRPC_HOST",
                        "127.0.0.1"));
        refuses(
                "catwalk.access.enabled is false and catwalk.grpc.host is 0.0.0.0, which others reach",
                Map.of("CATWALK_ACCESS_ENABLED", "false", "CATWALK_GRPC_HOST", "0.0.0.0"));
    }

    @Test
    void withItSomebodyMustHaveAccess() throws IOException {
        refuses("and nobody has access: make a key with", Map.of("CATWALK_ACCESS_ENABLED", "true"));
        Path file = Files.writeString(top.resolve("keys.json"), "{\"keys\":[{\"name\":\"a\"}]}");
        refuses(
                "catwalk.access.keys-file is " + file + ": keys[0].sha256 is missing, must be a string",
                Map.of("CATWALK_ACCESS_ENABLED", "true", "CATWALK_ACCESS_KEYS_FILE", file.toString()));
        Files.writeString(file, "{\"keys\":[]}");
        refuses(
                "catwalk.access.keys-file is " + file + ": keys is [], must have a key at least that hasn't expired",
                Map.of("CATWALK_ACCESS_ENABLED", "true", "CATWALK_ACCESS_KEYS_FILE", file.toString()));
    }

    private void refuses(String reason, Map<String, String> environment) throws IOException {
        Path log = top.resolve("serving.log");
        try (ServiceProcess service = ServiceProcess.startShortLived(
                "serving", Path.of("target/quarkus-app/quarkus-run.jar"), log, environment)) {
            assertThatThrownBy(service::awaitReady).isInstanceOf(RuntimeException.class);
        }
        assertThat(Files.readString(log)).contains(reason).doesNotContain("Listening on", "gRPC listens");
        Files.delete(log);
    }
}
