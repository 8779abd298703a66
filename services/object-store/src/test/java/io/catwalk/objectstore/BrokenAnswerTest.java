package io.catwalk.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BrokenAnswerTest {
    private static final ObjectKey KEY = Artifacts.blob(Digest.of(new byte[0]));
    private static final byte[] CONTENT = "whole".getBytes(UTF_8);
    private static final byte[] LISTING = """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult><Name>catwalk</Name><Prefix>open/runs/</Prefix><KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys>\
            <IsTruncated>false</IsTruncated></ListBucketResult>""".getBytes(UTF_8);

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;
    private int broken;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Tag("fault-16")
    @Test
    void aReadWhoseAnswerBrokeOffIsMadeOnceMore() {
        broken = 1;
        assertThat(store().read(KEY, 100))
                .map(ObjectStore.StoredObject::content)
                .contains(CONTENT);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aListingWhoseAnswerBrokeOffIsAskedForOnceMore() {
        broken = 1;
        assertThat(store().list(new Folder("open/runs/"))).isEmpty();
        assertThat(calls).hasValue(2);
    }

    @Test
    void aSecondBrokenAnswerIsTold() {
        broken = 2;
        assertThatThrownBy(() -> store().read(KEY, 100))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("the store could not read blobs/");
        assertThat(calls).hasValue(2);
    }

    @Test
    void aWriteIsNeverMadeTwice() {
        broken = 1;
        assertThatThrownBy(() -> store().createIfAbsent(KEY, CONTENT)).isInstanceOf(StoreUnavailableException.class);
        assertThat(calls).hasValue(1);
    }

    private ObjectStore store() {
        return LoopbackStore.at(server.getAddress().getPort());
    }

    /** The first answers break off in their middle. */
    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = exchange.getRequestURI().getPath().endsWith(KEY.path()) ? CONTENT : LISTING;
        exchange.getResponseHeaders().add("Last-Modified", "Sat, 28 Nov 2026 16:00:00 GMT");
        exchange.sendResponseHeaders(200, body.length);
        int given = calls.incrementAndGet() > broken ? body.length : body.length / 2;
        exchange.getResponseBody().write(body, 0, given);
        exchange.close();
    }
}
