package io.catwalk.ingestion.source;

import static io.catwalk.ingestion.TinyDataset.TRAIN_IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.catwalk.dataset.IdxSource;
import io.catwalk.ingestion.TinyDataset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSourcesTest {
    private final Map<String, byte[]> files = TinyDataset.files(1);
    private FileServer server;
    private UrlSources sources;

    @BeforeEach
    void serve() throws Exception {
        server = new FileServer(files);
        sources = sources(List.of(server.base(), server.baseByName()), List.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsFilesAsTheyAreStored() throws Exception {
        AtomicReference<String> encoding = new AtomicReference<>();
        server.answer("GET " + TRAIN_IMAGES, (exchange, name) -> {
            encoding.set(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
            FileServer.send(exchange, 200, files.get(name));
        });

        assertThat(read(locate())).isEqualTo(files.get(TRAIN_IMAGES));
        assertThat(encoding).hasValue("identity");
    }

    @Test
    void refusesAnAddressThatIsNotAllowed() {
        assertThatThrownBy(() -> sources.open(server.base().resolve("sub/")))
                .isInstanceOf(SourceRefusedException.class);
    }

    @Test
    void refusesANameThatStandsForALoopbackAddressUnlessItIsPrivate() throws Exception {
        assertThatThrownBy(() -> DatasetFileNames.locate(sources.open(server.baseByName())))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageContaining("host localhost stands for");

        UrlSources mayBePrivate = sources(List.of(server.baseByName()), List.of("localhost"));
        assertThat(read(DatasetFileNames.locate(mayBePrivate.open(server.baseByName()))
                        .trainImages()))
                .isEqualTo(files.get(TRAIN_IMAGES));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307})
    void followsNoRedirects(int status) {
        server.answer("HEAD " + TRAIN_IMAGES, (exchange, name) -> {
            exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest/");
            exchange.sendResponseHeaders(status, -1);
        });

        assertThatThrownBy(this::locate)
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageEndingWith(TRAIN_IMAGES + " answers " + status + ", but redirects aren't followed");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 405, 501})
    void refusesWhatTheServerRefuses(int status) {
        server.answer("HEAD " + TRAIN_IMAGES, (exchange, name) -> exchange.sendResponseHeaders(status, -1));

        assertThatThrownBy(this::locate)
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageEndingWith("answers " + status + ", must answer 200");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void countsABusyServerAsUnreachable(int status) {
        server.answer("HEAD " + TRAIN_IMAGES, (exchange, name) -> exchange.sendResponseHeaders(status, -1));

        assertThatThrownBy(this::locate)
                .isInstanceOf(SourceAwayException.class)
                .hasMessageEndingWith("answers " + status);
    }

    @Test
    void countsAServerThatIsAwayOrSilentAsUnreachable() {
        CountDownLatch end = new CountDownLatch(1);
        server.answer("HEAD " + TRAIN_IMAGES, (exchange, name) -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(this::locate).isInstanceOf(SocketTimeoutException.class);
        end.countDown();

        server.close();
        assertThatThrownBy(this::locate).isInstanceOf(ConnectException.class);
    }

    @Test
    void refusesContentThatChangedSinceItWasFound() throws Exception {
        IdxSource images = locate();
        server.answer("GET " + TRAIN_IMAGES, (exchange, name) -> {
            exchange.getResponseHeaders().set("ETag", "\"newer\"");
            FileServer.send(exchange, 200, files.get(name));
        });
        assertThatThrownBy(() -> read(images))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageContaining("changed: found with 124 bytes, ETag \"" + TRAIN_IMAGES + "\"")
                .hasMessageContaining("ETag \"newer\"");

        AtomicReference<String> condition = new AtomicReference<>();
        server.answer("GET " + TRAIN_IMAGES, (exchange, name) -> {
            condition.set(exchange.getRequestHeaders().getFirst("If-Match"));
            exchange.sendResponseHeaders(412, -1);
        });
        assertThatThrownBy(() -> read(images))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageContaining("changed after it was found");
        assertThat(condition).hasValue("\"" + TRAIN_IMAGES + "\"");
    }

    @Test
    void refusesALengthThatTheBodyDoesNotHave() throws Exception {
        server.answer("HEAD " + TRAIN_IMAGES, (exchange, name) -> FileServer.send(exchange, 200, new byte[999]));
        IdxSource lying = locate();
        assertThatThrownBy(() -> read(lying))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageContaining("found with 999 bytes");

        server.restore("HEAD " + TRAIN_IMAGES);
        server.answer("GET " + TRAIN_IMAGES, (exchange, name) -> {
            exchange.sendResponseHeaders(200, files.get(name).length);
            exchange.getResponseBody().write(files.get(name), 0, 50);
        });
        IdxSource cut = locate();
        assertThatThrownBy(() -> read(cut))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SourceRefusedException.class);
    }

    private static UrlSources sources(List<URI> bases, List<String> privateHosts) {
        return new UrlSources(new AllowedUrls(bases, privateHosts), Duration.ofMillis(400));
    }

    private IdxSource locate() throws IOException {
        return DatasetFileNames.locate(sources.open(server.base())).trainImages();
    }

    private static byte[] read(IdxSource source) throws IOException {
        try (InputStream in = source.opener().open()) {
            return in.readAllBytes();
        }
    }
}
