package io.catwalk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.catwalk.conformance.check.CheckResult;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Run;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.check.Verdict;
import io.catwalk.conformance.fake.FakeGrpcServer;
import io.catwalk.conformance.fake.FakeServer;
import io.catwalk.conformance.fake.GrpcFault;
import io.catwalk.conformance.grpc.GrpcServer;
import io.catwalk.conformance.http.HttpServer;
import io.catwalk.conformance.model.Discovery;
import io.catwalk.conformance.model.Discovery.Known;
import io.catwalk.conformance.model.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As {@link SuiteTest}, over gRPC; the faults are in {@code grpc-faults.txt}. */
class GrpcSuiteTest {
    private static final List<Section> OVER_GRPC = Suite.sections().stream()
            .filter(section -> section.protocol() == Protocol.OPEN_INFERENCE_GRPC || section.protocol() == Protocol.ALL)
            .toList();
    private static final Map<String, Set<String>> EXPECTED = ExpectedFailures.of("/grpc-faults.txt");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Test
    void aRightServerHoldsEachCheck() throws IOException {
        assertThat(results(Optional.empty()))
                .filteredOn(result -> result.verdict() != Verdict.PASS)
                .extracting(result -> result.check().name() + ": " + result.seen())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFaultBreaksItsChecksAndNoOthers(GrpcFault fault) throws IOException {
        assertThat(failures(results(Optional.of(fault))))
                .containsExactlyInAnyOrderElementsOf(EXPECTED.getOrDefault(fault.name(), Set.of()));
    }

    @Test
    void eachCheckIsBrokenByAFault() {
        Set<String> broken = EXPECTED.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(broken)
                .containsAll(OVER_GRPC.stream()
                        .filter(section -> section.protocol() == Protocol.OPEN_INFERENCE_GRPC)
                        .flatMap(section ->
                                section.checks().stream().map(check -> section.title() + ": " + check.name()))
                        .toList())
                .contains(
                        "Agreement: gRPC with typed contents answers as v2 in JSON",
                        "Agreement: gRPC with raw contents answers as v2 in JSON");
    }

    static List<CheckResult> results(Optional<GrpcFault> fault) throws IOException {
        try (FakeServer right = new FakeServer((call, reply) -> reply);
                FakeGrpcServer server = new FakeGrpcServer(fault);
                GrpcServer grpc = new GrpcServer(server.address(), TIMEOUT, Map.of())) {
            HttpServer http = new HttpServer(right.address(), TIMEOUT, Map.of());
            Known known = new Known(Optional.of("fake"), Optional.of("stable"), List.of(), List.of(), 1);
            Subject subject = new Subject(http, Optional.of(grpc), new Discovery(http, known).find());
            return new Run(subject, Set.of()).of(OVER_GRPC);
        }
    }

    static Set<String> failures(List<CheckResult> results) {
        return results.stream()
                .filter(result -> result.verdict() == Verdict.FAIL)
                .map(result -> result.section().title() + ": " + result.check().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
