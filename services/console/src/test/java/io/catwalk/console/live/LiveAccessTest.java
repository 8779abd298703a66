package io.catwalk.console.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.catwalk.access.ApiKey;
import io.catwalk.console.ConsoleProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A browser's events, and what becomes of them when its key is taken back. */
@QuarkusTest
@TestProfile(ConsoleProfile.class)
class LiveAccessTest {
    /** The look at the key every 15 s, the key file's every 2 s, and a slow machine. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    @Inject
    RecentEvents recent;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        readers.shutdownNow();
        http.shutdownNow();
    }

    @Test
    void aStreamEndsSoonAfterItsKeyIsTakenBack() throws Exception {
        Iterator<String> guest = listen(ConsoleProfile.GUEST);
        Iterator<String> viewer = listen(ConsoleProfile.VIEWER);
        await(guest, "event:beat");
        await(viewer, "event:beat");
        recent.add("epoch-completed", "before", Instant.EPOCH, "{}");
        await(guest, "\"key\":\"before\"");

        ConsoleProfile.revokeGuest();
        CompletableFuture<Void> over = CompletableFuture.runAsync(() -> guest.forEachRemaining(line -> {}), readers);
        assertThat(over).succeedsWithin(BOUND);
        given().cookie("catwalk-sign-in", ConsoleProfile.GUEST.secret())
                .get("/live")
                .then()
                .statusCode(401);

        recent.add("epoch-completed", "after", Instant.EPOCH, "{}");
        await(viewer, "\"key\":\"after\"");
    }

    private Iterator<String> listen(ApiKey key) throws Exception {
        HttpResponse<Stream<String>> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/live"))
                        .header("Accept", "text/event-stream")
                        .header("Cookie", ConsoleProfile.cookie(key))
                        .build(),
                BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().iterator();
    }

    /** Reads on up to such a line. */
    private void await(Iterator<String> lines, String part) {
        CompletableFuture<Boolean> found = CompletableFuture.supplyAsync(
                () -> {
                    while (lines.hasNext()) {
                        if (lines.next().contains(part)) {
                            return true;
                        }
                    }
                    return false;
                },
                readers);
        assertThat(found).succeedsWithin(BOUND).isEqualTo(true);
    }
}
