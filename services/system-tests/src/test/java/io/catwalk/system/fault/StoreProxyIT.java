package io.catwalk.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreSettings;
import io.catwalk.objectstore.StoreUnavailableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real store behind the proxy, as a service's client sees it, and as one that comes straight does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreProxyIT {
    private static final byte[] CONTENT = new byte[100_000];
    private static final String KEY = "proxy-it";
    private static final String SECRET = "proxy-it-secret";

    private StoreProcess process;
    private StoreProxy proxy;
    private ObjectStore behind;
    private ObjectStore straight;

    @BeforeAll
    void start(@TempDir Path folder) {
        process = StoreProcess.start(folder, KEY, SECRET);
        proxy = new StoreProxy(process.endpoint().getPort());
        straight = store(process.endpoint());
        behind = store(URI.create("http://127.0.0.1:" + proxy.port()));
    }

    private static ObjectStore store(URI endpoint) {
        return new MinioObjectStore(
                new StoreSettings(endpoint, StoreProcess.BUCKET, KEY, SECRET, Duration.ofSeconds(1)));
    }

    @AfterEach
    void heal() {
        proxy.heal();
    }

    @AfterAll
    void stop() {
        proxy.close();
        process.kill();
    }

    @Test
    void passesWhatIsNotDisturbed() {
        ObjectKey key = new ObjectKey("sound");
        behind.put(key, CONTENT);
        assertThat(behind.read(key, CONTENT.length).orElseThrow().content()).isEqualTo(CONTENT);
        assertThat(behind.createIfAbsent(key, CONTENT)).isFalse();
        behind.delete(key);
        assertThat(behind.exists(key)).isFalse();
    }

    @Tag("fault-17")
    @Test
    void aWriteWhoseAnswerIsLostIsDone() {
        ObjectKey key = new ObjectKey("answer-lost");
        disturb(StoreFault.ANSWER_LOST, StoreRequest::writes);
        assertThatThrownBy(() -> behind.createIfAbsent(key, CONTENT)).isInstanceOf(StoreUnavailableException.class);
        assertThat(straight.read(key, CONTENT.length).orElseThrow().content()).isEqualTo(CONTENT);
    }

    /** Nor is a part of it. */
    @Tag("fault-16")
    @ParameterizedTest
    @ValueSource(strings = {"reset", "cut", "unavailable", "full", "ignored"})
    void aWriteThatFailsBeforeIsNotDone(String fault) {
        ObjectKey key = new ObjectKey("fails-" + fault);
        disturb(
                switch (fault) {
                    case "reset" -> StoreFault.RESET;
                    case "cut" -> StoreFault.BODY_CUT;
                    case "unavailable" -> StoreFault.UNAVAILABLE;
                    case "full" -> StoreFault.FULL;
                    default -> StoreFault.IGNORED;
                },
                StoreRequest::writes);
        assertThatThrownBy(() -> behind.put(key, CONTENT)).isInstanceOf(StoreUnavailableException.class);
        assertThat(straight.exists(key)).isFalse();
    }

    @Tag("fault-16")
    @Test
    void anAnswerThatIsCutEachTimeIsNone() {
        ObjectKey key = new ObjectKey("answer-cut");
        straight.put(key, CONTENT);
        disturb(StoreFault.ANSWER_CUT, request -> request.key().equals(key.path()));
        assertThatThrownBy(() -> behind.read(key, CONTENT.length)).isInstanceOf(StoreUnavailableException.class);
    }

    @Tag("fault-39")
    @Test
    void oneKeyIsRefusedWhileOthersAreNot() {
        ObjectKey key = new ObjectKey("refused/key");
        disturb(StoreFault.FORBIDDEN, request -> request.key().startsWith("refused/"));
        assertThatThrownBy(() -> behind.put(key, CONTENT)).isInstanceOf(StoreRefusedException.class);
        assertThatThrownBy(() -> behind.exists(key)).isInstanceOf(StoreRefusedException.class);
        behind.put(new ObjectKey("other"), CONTENT);
    }

    private void disturb(StoreFault fault, Predicate<StoreRequest> which) {
        proxy.disturb(request -> which.test(request) ? fault : StoreFault.NONE);
    }
}
