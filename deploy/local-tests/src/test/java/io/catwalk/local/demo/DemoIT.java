package io.catwalk.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.local.StackSettings;
import io.catwalk.local.dataset.FashionMnistLocator;
import io.catwalk.local.fake.FakeBuild;
import io.catwalk.local.process.LocalPort;
import io.catwalk.local.process.LogTail;
import io.catwalk.local.process.StackClassPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process, with the real broker and store and services that only pretend to work. */
class DemoIT {
    private static final int PORTS = 6;
    private static final int CHILDREN = 6;
    private static final Duration START = Duration.ofSeconds(90);
    /** What starts the tests in the background may ignore SIGINT, which a process inherits and Java keeps. */
    private static final List<String> INTERRUPTIBLE = List.of("env", "--default-signal=INT");

    private static final List<String> IN_THE_BACKGROUND = List.of("env", "--ignore-signal=INT");

    @TempDir
    Path folder;

    private Path root;
    private Path data;
    private Path output;
    private Process demo;
    private List<ProcessHandle> children = List.of();

    @BeforeEach
    void build() throws Exception {
        root = folder.resolve("project");
        data = folder.resolve("data");
        output = folder.resolve("output");
        FakeBuild.make(root);
    }

    @AfterEach
    void nothingIsLeft() {
        demo.destroyForcibly();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void showsARunToItsEnd() throws Exception {
        start();
        assertThat(exitCode()).isZero();
        assertThat(Files.readAllLines(output))
                .contains(
                        "epoch 1/2  loss 0.2500  accuracy 0.9000  validation loss 0.2500  accuracy 0.9000  2400 images/s",
                        "test accuracy 0.9012",
                        "picture 0 is Ankle boot   predicted Ankle boot   0.900",
                        "picture 1 is Pullover     predicted Ankle boot   0.900  wrong",
                        "report " + data.resolve("report.html"))
                .anyMatch(line -> line.matches("model fashion version 1 sha256:(ab){32}"))
                .anyMatch(line -> line.startsWith("serve "));
        assertThat(data.resolve("report.html")).hasContent("<html>report</html>");
        assertThat(data.resolve("logs/training.log")).content().contains("training stopped");
    }

    @Test
    void aFailedRunEndsItWithTheServicesLog() throws Exception {
        FakeBuild.order(root, "training", "fail");
        start();
        assertThat(exitCode()).isEqualTo(1);
        assertThat(Files.readString(output))
                .containsPattern("run demo-\\d{8}-\\d{6} failed: the loss became NaN at step 12\n")
                .contains("the end of training's log:")
                .contains("  | the loss is NaN\n");
    }

    @Tag("soak")
    @Test
    void aRejectedModelEndsIt() throws Exception {
        FakeBuild.order(root, "evaluation", "reject");
        start();
        assertThat(exitCode()).isEqualTo(1);
        assertThat(output)
                .content()
                .contains("model fashion was rejected: test accuracy is 0.7, must be at least 0.8")
                .contains("the end of evaluation's log:");
    }

    @Tag("soak")
    @Test
    void aServiceThatDiesEndsIt() throws Exception {
        FakeBuild.order(root, "training", "die");
        start();
        assertThat(exitCode()).isEqualTo(1);
        assertThat(output)
                .content()
                .contains("training ended with exit code 3, out of memory; the end of "
                        + data.resolve("logs/training.log"))
                .contains("  | out of memory\n");
    }

    @Test
    void anInterruptEndsItAndTheServicesFirst() throws Exception {
        FakeBuild.order(root, "training", "hang");
        start(INTERRUPTIBLE);
        awaitTraining();
        signal("INT");
        assertThat(exitCode()).isEqualTo(130);
        assertTheServicesEndedFirst();
    }

    @Tag("soak")
    @Test
    void whereInterruptsAreIgnoredATerminationEndsItAndTheServicesFirst() throws Exception {
        FakeBuild.order(root, "training", "hang");
        start(IN_THE_BACKGROUND);
        awaitTraining();
        signal("INT");
        await().during(Duration.ofMillis(500)).until(demo::isAlive);
        signal("TERM");
        assertThat(exitCode()).isEqualTo(143);
        assertTheServicesEndedFirst();
    }

    @Test
    void nothingOutlivesItsKill() throws Exception {
        FakeBuild.order(root, "training", "hang");
        start();
        awaitTraining();
        assertThat(children).hasSize(CHILDREN).allMatch(ProcessHandle::isAlive);
        signal("KILL");
        assertThat(exitCode()).isEqualTo(137);
    }

    private void assertTheServicesEndedFirst() {
        assertThat(output).content().doesNotContain("ended with exit code").doesNotContain("Exception");
        assertThat(data.resolve("logs/serving.log")).content().contains("serving stopped");
        assertThat(children).hasSize(CHILDREN).noneMatch(ProcessHandle::isAlive);
    }

    private void start() throws Exception {
        start(List.of());
    }

    private void start(List<String> launcher) throws Exception {
        String classPath = Stream.concat(Stream.of(FakeBuild.testClasses()), StackClassPath.all().stream())
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                FakeDemoMain.class.getName(),
                root.toString(),
                data.toString(),
                Integer.toString(LocalPort.free(PORTS)),
                FashionMnistLocator.of(StackSettings.ownRoot()).locate().toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CLASSPATH", classPath);
        demo = builder.start();
    }

    private void awaitTraining() throws Exception {
        await().atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !demo.isAlive()
                        || LogTail.read(data.resolve("logs/training.log"), 0, 100)
                                .contains("hanging"));
        assertThat(demo.isAlive()).as(Files.readString(output)).isTrue();
        children = demo.descendants().toList();
    }

    private void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(demo.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private int exitCode() throws Exception {
        long giveUp = System.nanoTime() + START.toNanos();
        while (!demo.waitFor(200, TimeUnit.MILLISECONDS)) {
            assertThat(System.nanoTime()).as(Files.readString(output)).isLessThan(giveUp);
            children = demo.isAlive() && demo.descendants().count() > children.size()
                    ? demo.descendants().toList()
                    : children;
        }
        return demo.exitValue();
    }
}
