package io.catwalk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.conformance.fake.FakeGrpcServer;
import io.catwalk.conformance.fake.FakeServer;
import io.catwalk.conformance.fake.Fault;
import io.catwalk.conformance.report.Comparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, from its words to its files and exit code. */
class ConformanceMainTest {
    @TempDir
    Path folder;

    @Test
    void aRightServerEndsWithZeroAndItsReports() throws IOException {
        try (FakeServer http = new FakeServer((call, right) -> right);
                FakeGrpcServer grpc = new FakeGrpcServer(Optional.empty())) {
            assertThat(run(http, "--label", "stable", "--grpc", grpc.address())).isZero();
        }
        assertThat(Files.readString(folder.resolve("report.md")))
                .startsWith("## server")
                .contains("### Open Inference v2, gRPC: Inference", "| id is echoed | pass | `` ");
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.path("conforms").asBoolean()).isTrue();
        assertThat(new Comparison(List.of(report, report)).markdown())
                .contains("| id is echoed | pass | pass |")
                .doesNotContain("**fail**");
    }

    @Test
    void aFaultOfARequirementEndsWithOne() throws IOException {
        try (FakeServer http = new FakeServer(Fault.NO_ID.falsify())) {
            assertThat(run(http)).isEqualTo(1);
        }
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(new Comparison(List.of(report)).markdown()).contains("| id is echoed | **fail** |");
    }

    @Test
    void aFaultOfARecommendationEndsWithZero() throws IOException {
        try (FakeServer http = new FakeServer(Fault.PARAMETERS_ARE_REFUSED.falsify())) {
            assertThat(run(http)).isZero();
        }
        assertThat(Files.readString(folder.resolve("report.md"))).contains("fail (recommended)");
    }

    @Test
    void aProtocolThatIsDemandedMustBeOffered() throws IOException {
        try (FakeServer http = new FakeServer((call, right) -> right)) {
            assertThat(run(http, "--demand", "open_inference_grpc")).isEqualTo(1);
        }
    }

    @Test
    void noServerAndNoModelEndWithTwo() throws IOException {
        try (FakeServer http = new FakeServer((call, right) -> right)) {
            assertThat(run(http, "--model", "other")).isEqualTo(2);
        }
        assertThat(ConformanceMain.commandLine().execute("http://localhost:1")).isEqualTo(2);
        assertThat(ConformanceMain.commandLine().execute("http://localhost:1", "--input", "x"))
                .isEqualTo(2);
    }

    private int run(FakeServer server, String... more) {
        String[] words = {
            server.address().toString(),
            "--name",
            "server",
            "--markdown",
            folder.resolve("report.md").toString(),
            "--json",
            folder.resolve("report.json").toString()
        };
        return ConformanceMain.commandLine()
                .execute(Stream.of(words, more).flatMap(Arrays::stream).toArray(String[]::new));
    }
}
