package io.catwalk.chassis.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectTooLargeException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeasuredObjectStoreTest {
    private static final Folder FOLDER = new Folder("blobs/");
    private static final ObjectKey KEY = FOLDER.key("one");
    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong clock = new AtomicLong();
    private final ObjectStore plain = new InMemoryObjectStore(InstantSource.system());
    private final ObjectStore store = measured(plain, registry);

    @Test
    void answersAsTheStoreDoes(@TempDir Path folder) throws IOException {
        assertThat(store.createIfAbsent(KEY, CONTENT)).isTrue();
        assertThat(store.createIfAbsent(KEY, CONTENT)).isFalse();
        assertThat(store.exists(KEY)).isTrue();
        assertThat(store.read(KEY, 100).orElseThrow().content()).isEqualTo(CONTENT);
        try (InputStream in = store.open(KEY).orElseThrow()) {
            assertThat(in).hasBinaryContent(CONTENT);
        }
        store.put(KEY, "other".getBytes(UTF_8));
        assertThat(plain.read(KEY, 100).orElseThrow().content()).isEqualTo("other".getBytes(UTF_8));
        store.put(KEY, Files.write(folder.resolve("file"), CONTENT));
        assertThat(plain.read(KEY, 100).orElseThrow().content()).isEqualTo(CONTENT);
        assertThat(store.list(FOLDER)).isEqualTo(plain.list(FOLDER)).hasSize(1);
        store.put(new Folder("blobs/below/").key("two"), CONTENT);
        assertThat(store.listFolders(FOLDER)).containsExactly("below");
        store.delete(KEY);
        assertThat(plain.exists(KEY)).isFalse();
        assertThat(store.time()).isNotNull();
    }

    @Test
    void countsEachCallByWhatCameOfIt() throws IOException {
        store.read(KEY, 100);
        store.open(KEY);
        store.exists(KEY);
        store.createIfAbsent(KEY, CONTENT);
        store.createIfAbsent(KEY, CONTENT);
        store.put(KEY, CONTENT);
        store.exists(KEY);
        store.read(KEY, 100);
        store.open(KEY).orElseThrow().close();
        assertThatThrownBy(() -> store.read(KEY, 1)).isInstanceOf(ObjectTooLargeException.class);
        store.list(FOLDER);
        store.listFolders(FOLDER);
        store.delete(KEY);
        store.time();

        assertThat(counts())
                .containsOnlyKeys(
                        "read absent",
                        "read ok",
                        "read too_large",
                        "open absent",
                        "open ok",
                        "exists absent",
                        "exists ok",
                        "create ok",
                        "create present",
                        "put ok",
                        "list ok",
                        "list_folders ok",
                        "delete ok")
                .containsValues(1L);
    }

    record Failure(RuntimeException thrown, String outcome) {}

    static List<Failure> failures() {
        return List.of(
                new Failure(new StoreUnavailableException("away"), "unavailable"),
                new Failure(new StoreRefusedException("no such key"), "refused"),
                new Failure(new IllegalStateException("a mistake"), "defect"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void tellsFailuresApartAndPassesThemOn(Failure failure) {
        ObjectStore failing = measured(throwing(failure.thrown()), registry);

        assertThatThrownBy(() -> failing.put(KEY, CONTENT)).isSameAs(failure.thrown());
        assertThat(counts()).isEqualTo(Map.of("put " + failure.outcome(), 1L));
    }

    @Test
    void aCallThatItsOwnThreadGaveUpIsNoFailureOfTheStore() {
        ObjectStore failing = measured(throwing(new StoreUnavailableException("interrupted")), registry);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> failing.exists(KEY)).isInstanceOf(StoreUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(counts()).isEqualTo(Map.of("exists interrupted", 1L));
    }

    @Test
    void theBucketsGoFromAMillisecondToHalfAMinute() {
        store.put(KEY, CONTENT);

        Timer timer = registry.get("catwalk.store").timer();
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(3);
        double[] edges = Arrays.stream(timer.takeSnapshot().histogramCounts())
                .mapToDouble(bucket -> bucket.bucket(TimeUnit.SECONDS))
                .toArray();
        assertThat(edges).startsWith(0.001).endsWith(30).hasSize(14);
        assertThat(Arrays.stream(timer.takeSnapshot().histogramCounts()).map(bucket -> bucket.count()))
                .startsWith(0.0, 0.0, 1.0);
    }

    @Test
    void aRegistryThatFailsBreaksNoCall() {
        registry.config().onMeterAdded(meter -> {
            throw new IllegalStateException("no meters today");
        });
        ObjectStore unmeasured = measured(plain, registry);

        assertThat(unmeasured.createIfAbsent(KEY, CONTENT)).isTrue();
        assertThat(unmeasured.exists(KEY)).isTrue();
        RuntimeException away = new StoreUnavailableException("away");
        assertThatThrownBy(() -> measured(throwing(away), registry).exists(KEY)).isSameAs(away);
    }

    /** A call takes 3 ms. */
    private ObjectStore measured(ObjectStore inner, MeterRegistry into) {
        return new MeasuredObjectStore(
                inner, new StoreMetrics(into), new StoreAnswers(), () -> clock.getAndAdd(3_000_000));
    }

    private static ObjectStore throwing(RuntimeException thrown) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    throw thrown;
                });
    }

    private Map<String, Long> counts() {
        return registry.find("catwalk.store").timers().stream()
                .collect(Collectors.toMap(
                        timer -> timer.getId().getTag("operation") + " "
                                + timer.getId().getTag("outcome"),
                        Timer::count));
    }
}
