package io.catwalk.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token of a file becomes keys at a security token service, and those sign the calls to the store. */
class WorkloadIdentityTest {
    private static final ObjectKey KEY = Artifacts.blob(Digest.of(new byte[0]));
    private static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
    private static final String ROLE = "AWS_ROLE_ARN";

    private final List<String> exchanges = new CopyOnWriteArrayList<>();
    private final List<Headers> calls = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private Duration life = Duration.ofHours(1);

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answerAsStore);
        server.createContext("/sts", this::answerAsTokenService);
        server.start();
        System.setProperty(TOKEN_FILE, folder.resolve("token").toString());
        System.setProperty(ROLE, "arn:aws:iam::1:role/training");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty(TOKEN_FILE);
        System.clearProperty(ROLE);
    }

    @Test
    void theTokenIsExchangedAndItsKeysSign() throws IOException {
        write("token-1");
        ObjectStore store = store();
        store.read(KEY, 100);
        store.exists(KEY);

        assertThat(exchanges)
                .singleElement()
                .asString()
                .contains("Action=AssumeRoleWithWebIdentity", "WebIdentityToken=token-1", "role/training");
        assertThat(calls).hasSize(2).allSatisfy(headers -> {
            assertThat(headers.getFirst("Authorization")).contains("Credential=KEY1/");
            assertThat(headers.getFirst("X-Amz-Security-Token")).isEqualTo("session-1");
        });
    }

    @Test
    void whenItsKeysEndTheFileIsReadAgain() throws IOException {
        life = Duration.ofSeconds(-1);
        write("token-1");
        ObjectStore store = store();
        store.read(KEY, 100);
        write("token-2");
        store.read(KEY, 100);

        assertThat(exchanges).hasSize(2).last().asString().contains("WebIdentityToken=token-2");
        assertThat(calls.getLast().getFirst("Authorization")).contains("Credential=KEY2/");
    }

    @Test
    void aRefusedOrMissingTokenIsAStoreThatIsAway() throws IOException {
        ObjectStore store = store();
        assertThatThrownBy(() -> store.read(KEY, 100))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("no keys for the call to read blobs/");

        write("token-1");
        status = 403;
        assertThatThrownBy(() -> store.read(KEY, 100))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("403");

        status = 200;
        assertThat(store.read(KEY, 100)).isPresent();
    }

    @Test
    void keysThatAreMissingAreNamed() {
        assertThatThrownBy(
                        () -> StoreCredentials.of(StoreAuth.KEYS, Optional.of("a"), Optional.empty(), Optional.empty()))
                .hasMessage("catwalk.store.secret-key is missing, must be given with catwalk.store.auth keys");
        assertThat(StoreCredentials.of(StoreAuth.KEYS, Optional.of("a"), Optional.of("hidden"), Optional.empty()))
                .hasToString("keys of a");
    }

    private ObjectStore store() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new MinioObjectStore(new StoreSettings(
                address,
                StoreSettings.USUAL_REGION,
                "catwalk",
                new StoreCredentials.WorkloadIdentity(Optional.of(address.resolve("/sts"))),
                Duration.ofSeconds(5)));
    }

    private void write(String token) throws IOException {
        Files.writeString(folder.resolve("token"), token);
    }

    private void answerAsStore(HttpExchange exchange) throws IOException {
        calls.add(exchange.getRequestHeaders());
        exchange.getResponseHeaders().add("Last-Modified", "Sat, 28 Nov 2026 16:00:00 GMT");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : 4);
        if (!head) {
            exchange.getResponseBody().write("here".getBytes(UTF_8));
        }
        exchange.close();
    }

    private void answerAsTokenService(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        exchanges.add(URLDecoder.decode(exchange.getRequestURI().getRawQuery() + "&" + body, UTF_8));
        byte[] answer = """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\
                <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>KEY%1$d</AccessKeyId>\
                <SecretAccessKey>secret-%1$d</SecretAccessKey><SessionToken>session-%1$d</SessionToken>\
                <Expiration>%2$s</Expiration></Credentials></AssumeRoleWithWebIdentityResult>\
                </AssumeRoleWithWebIdentityResponse>""".formatted(exchanges.size(), Instant.now().plus(life).truncatedTo(ChronoUnit.SECONDS))
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
