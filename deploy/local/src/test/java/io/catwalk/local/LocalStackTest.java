package io.catwalk.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackTest {
    @TempDir
    Path folder;

    @Test
    void aTakenPortIsToldWithItsOwnerAndTheFolderIsReleased() throws Exception {
        StackPorts ports = StackPorts.free();
        try (ServerSocket claimed = new ServerSocket(ports.training(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalStack.create(settings(ports)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("port %d, for training, is in use by process %d ("
                            .formatted(
                                    claimed.getLocalPort(),
                                    ProcessHandle.current().pid()))
                    .hasMessageEndingWith("): stop it, or move all ports with PORT_BASE");
        }
        LocalStack.create(settings(ports)).close();
    }

    @Test
    void aBuildThatIsMissingIsToldBeforeAnythingStarts() {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Launcher launcher = new Launcher(new PrintStream(errors, true, StandardCharsets.UTF_8));
        StackSettings settings = settings(StackPorts.free());
        int exitCode = launcher.run(() -> new Launcher.Plan(settings, LocalStack::start));
        assertThat(exitCode).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("services/ingestion/target/quarkus-app/quarkus-run.jar is missing: run `make build` first");
        assertThat(settings.log("broker")).doesNotExist();
    }

    private StackSettings settings(StackPorts ports) {
        return new StackSettings(folder.resolve("root"), folder.resolve("data"), ports, folder, false);
    }
}
