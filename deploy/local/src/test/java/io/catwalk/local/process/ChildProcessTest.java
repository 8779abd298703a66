package io.catwalk.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path folder;

    @Test
    void isReadyOnceItSaysSoAndEndsOnSigterm() {
        try (ChildProcess child = ChildProcess.start(FakeChildren.spec("one", folder, "note-end,ready,wait"))) {
            child.awaitReady();
            assertThat(child.failure()).isEmpty();
            child.stop();
            assertThat(child.isAlive()).isFalse();
            assertThat(child.logTail()).contains("ended by hook");
        }
    }

    @Test
    void anEndBeforeItIsReadyTellsTheLastLines() {
        ChildProcess child = ChildProcess.start(FakeChildren.spec("one", folder, "talk,exit"));
        assertThatThrownBy(child::awaitReady)
                .isInstanceOf(ChildFailedException.class)
                .hasMessageStartingWith(
                        "one ended with exit code 3, out of memory; the end of " + folder.resolve("one.log"))
                .hasMessageContaining("\n  | line 11\n")
                .hasMessageEndingWith("\n  | line 40")
                .hasMessageNotContaining("line 10\n");
    }

    @Test
    void anExceptionOfItsMainIsInItsLog() {
        ChildProcess child = ChildProcess.start(FakeChildren.spec("one", folder, "fail"));
        assertThatThrownBy(child::awaitReady)
                .hasMessageContaining("one ended with exit code 1")
                .hasMessageContaining("java.lang.IllegalStateException: as told");
    }

    @Test
    void oneThatIsNeverReadyIsToldOf() {
        Duration brief = Duration.ofMillis(300);
        try (ChildProcess child = ChildProcess.start(FakeChildren.spec("one", folder, "wait", brief))) {
            assertThatThrownBy(child::awaitReady)
                    .isInstanceOf(ChildFailedException.class)
                    .hasMessageStartingWith("one wasn't ready within 0 s");
            child.kill();
        }
    }

    @Test
    void oneThatDoesNotEndIsKilled() {
        ChildProcess child = ChildProcess.start(FakeChildren.spec("one", folder, "linger,ready,wait"));
        child.awaitReady();
        child.terminate();
        child.awaitEnd(Duration.ofMillis(300));
        assertThat(child.isAlive()).isFalse();
        assertThat(ProcessHandle.of(child.pid())).isEmpty();
    }

    @Test
    void itsLogBeginsWithThisStart() {
        ChildProcess first = ChildProcess.start(FakeChildren.spec("one", folder, "talk,exit"));
        assertThatThrownBy(first::awaitReady).isInstanceOf(ChildFailedException.class);
        ChildProcess second = ChildProcess.start(FakeChildren.spec("one", folder, "exit"));
        await().until(() -> !second.isAlive());
        assertThat(second.logTail()).isEmpty();
        assertThat(first.logTail()).hasSize(30);
    }

    @Test
    void itEndsWhenItsStarterIsKilled() {
        ChildProcess starter = ChildProcess.start(FakeChildren.spec("starter", folder, "start-and-halt"));
        await().until(() -> !starter.isAlive());
        long grandchild = Long.parseLong(starter.logTail().getFirst().substring("grandchild ".length()));
        await().until(() ->
                ProcessHandle.of(grandchild).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(LogTail.read(folder.resolve("grandchild.log"), 0, 30)).isEqualTo(List.of("ended by hook"));
    }

    @Test
    void aTerminalsInterruptIsItsStartersAffair() throws Exception {
        try (ChildProcess child = ChildProcess.start(FakeChildren.spec("one", folder, "ready,wait"))) {
            child.awaitReady();
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            await().during(Duration.ofMillis(500)).until(child::isAlive);
        }
    }
}
