package io.catwalk.ingestion.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.catwalk.objectstore.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class AwayTextTest {
    private static final String HIDDEN = "10.1.2.3";

    private final List<Object> logged = new ArrayList<>();
    private final Logger log = (Logger) Proxy.newProxyInstance(
            Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                logged.addAll(Arrays.asList(arguments));
                return null;
            });

    @Test
    void addressesAndFoldersStayInTheLog() {
        assertShown(new ConnectException("Failed to connect to pictures/" + HIDDEN + ":80"), "can't be read");
        IOException full = new FileSystemException("/var/lib/" + HIDDEN + ": No space left on device");
        assertShown(full, "can't be read");
        assertShown(new UncheckedIOException(full), "can't be read");
        assertShown(new StoreUnavailableException("Failed to connect to " + HIDDEN), "the store is unavailable");
    }

    @Test
    void aDefectIsShownByItsIncident() {
        RuntimeException defect = new IllegalStateException(HIDDEN);

        String shown = AwayText.of(defect, "can't be read", log);

        assertThat(shown)
                .startsWith("internal error; the service's log has it under ")
                .doesNotContain(HIDDEN);
        assertThat(logged).contains(shown.substring(shown.lastIndexOf(' ') + 1), defect);
    }

    private void assertShown(Exception failure, String text) {
        logged.clear();
        assertThat(AwayText.of(failure, "can't be read", log)).isEqualTo(text);
        assertThat(logged.toString()).contains(HIDDEN);
    }
}
