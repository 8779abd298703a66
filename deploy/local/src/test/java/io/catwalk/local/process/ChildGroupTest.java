package io.catwalk.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildGroupTest {
    private static final Map<String, String> MEANINGS =
            Map.of("fill-heap", "3, out of memory", "meet-error", "71, after an error on one of its threads");

    @TempDir
    Path folder;

    @Test
    void aWaveIsUpOnceAllOfItAreReady() {
        try (ChildGroup group = new ChildGroup()) {
            group.startWave(List.of(waiting("one"), waiting("two")));
            assertThat(folder.resolve("one.ready")).exists();
            assertThat(folder.resolve("two.ready")).exists();
            assertThat(group.failure()).isEmpty();
        }
        assertGone("one", "two");
    }

    @Test
    void oneThatEndsIsNoticedAndTheRestCanBeStopped() throws Exception {
        try (ChildGroup group = new ChildGroup()) {
            group.startWave(List.of(waiting("one"), waiting("two")));
            ProcessHandle.of(pid("two")).orElseThrow().destroyForcibly();
            assertThat(group.awaitFailure()).hasMessageStartingWith("two ended with exit code 137");
        }
        assertGone("one", "two");
    }

    /** As a service does by its flags, and by its supervisor. */
    @Test
    void oneThatEndsItselfTellsWhy() throws Exception {
        for (String order : List.of("fill-heap", "meet-error")) {
            try (ChildGroup group = new ChildGroup()) {
                group.startWave(List.of(FakeChildren.spec(order, folder, "ready,await-go," + order)));
                FakeChildren.go(order, folder);
                assertThat(group.awaitFailure())
                        .hasMessageStartingWith(order + " ended with exit code " + MEANINGS.get(order));
            }
        }
        assertThat(folder.resolve("fill-heap.log")).content().contains("java.lang.OutOfMemoryError");
    }

    @Test
    void oneThatEndsEndsTheStartOfTheNextWave() {
        try (ChildGroup group = new ChildGroup()) {
            group.startWave(List.of(waiting("one")));
            assertThatThrownBy(
                            () -> group.startWave(List.of(FakeChildren.spec("two", folder, "exit"), waiting("three"))))
                    .isInstanceOf(ChildFailedException.class)
                    .hasMessageStartingWith("two ended with exit code 3");
        }
    }

    @Test
    void closingDuringAStartEndsBoth() {
        ChildGroup group = new ChildGroup();
        CompletableFuture<Void> start = CompletableFuture.runAsync(
                () -> group.startWave(List.of(waiting("one"), FakeChildren.spec("two", folder, "wait"))));
        await().until(() -> Files.exists(folder.resolve("one.ready")));
        group.close();
        assertThatThrownBy(start::join)
                .isInstanceOfAny(CompletionException.class, CancellationException.class)
                .rootCause()
                .isInstanceOf(CancellationException.class);
        assertGone("one");
        assertThatThrownBy(() -> group.startWave(List.of(waiting("three")))).isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("three.log")).doesNotExist();
    }

    @Test
    void oneThatWasKilledIsStartedAnewAndStoppedWithTheRest() throws Exception {
        try (ChildGroup group = new ChildGroup()) {
            group.startWave(List.of(waiting("one"), waiting("two")));
            long killed = pid("one");
            group.kill("one");
            assertThat(ProcessHandle.of(killed)).isEmpty();
            assertThat(group.failure()).isPresent();

            Files.delete(folder.resolve("one.ready"));
            group.restart(waiting("one"));
            group.awaitReady("one");
            assertThat(pid("one")).isNotEqualTo(killed);
            assertThat(group.failure()).isEmpty();
            assertThatThrownBy(() -> group.kill("three")).hasMessage("no child is named three");
        }
        assertGone("one", "two");
    }

    private ChildSpec waiting(String name) {
        return FakeChildren.spec(name, folder, "ready,wait");
    }

    private long pid(String name) throws Exception {
        return Long.parseLong(Files.readString(folder.resolve(name + ".ready")));
    }

    private void assertGone(String... names) {
        assertThat(names)
                .allSatisfy(name -> assertThat(ProcessHandle.of(pid(name))).isEmpty());
    }
}
