package io.catwalk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.catwalk.conformance.check.CheckResult;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Run;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.check.Verdict;
import io.catwalk.conformance.fake.Call;
import io.catwalk.conformance.fake.FakeServer;
import io.catwalk.conformance.fake.Fault;
import io.catwalk.conformance.fake.Reply;
import io.catwalk.conformance.http.HttpServer;
import io.catwalk.conformance.model.Discovery;
import io.catwalk.conformance.model.Discovery.Known;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each check holds with a right server, and fails with one that is wrong in a single way. Which checks a fault breaks is written
 * down in {@code faults.txt}.
 */
class SuiteTest {
    private static final List<Section> OVER_HTTP = Suite.sections().stream()
            .filter(section -> section.protocol() != Protocol.OPEN_INFERENCE_GRPC)
            .toList();
    private static final Map<String, Set<String>> EXPECTED = ExpectedFailures.of("/faults.txt");
    /** There is no address to call. */
    private static final Set<String> NEEDS_GRPC = Set.of(
            "Agreement: gRPC with typed contents answers as v2 in JSON",
            "Agreement: gRPC with raw contents answers as v2 in JSON");
    /** They have no JSON form, and the fake's model doesn't state them. */
    private static final Set<String> NOT_ASKED = Set.of(
            "Datatypes: FP16 is answered, or refused where the model doesn't state it",
            "Datatypes: BF16 is answered, or refused where the model doesn't state it");

    @Test
    void aRightServerHoldsEachCheck() throws IOException {
        List<CheckResult> results = results((call, right) -> right);
        assertThat(results)
                .filteredOn(result -> result.verdict() == Verdict.FAIL)
                .extracting(result -> name(result) + ": " + result.seen())
                .isEmpty();
        assertThat(names(results, Verdict.NOT_OFFERED))
                .containsExactlyInAnyOrderElementsOf(union(NEEDS_GRPC, NOT_ASKED));
    }

    @ParameterizedTest
    @EnumSource
    void aFaultBreaksItsChecksAndNoOthers(Fault fault) throws IOException {
        assertThat(names(results(fault.falsify()), Verdict.FAIL))
                .containsExactlyInAnyOrderElementsOf(EXPECTED.getOrDefault(fault.name(), Set.of()));
    }

    @Test
    void eachCheckIsBrokenByAFault() {
        Set<String> all = OVER_HTTP.stream()
                .flatMap(section -> section.checks().stream().map(check -> section.title() + ": " + check.name()))
                .collect(Collectors.toSet());
        all.removeAll(union(NEEDS_GRPC, NOT_ASKED));
        Set<String> broken = EXPECTED.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(broken).containsExactlyInAnyOrderElementsOf(all);
    }

    private static List<CheckResult> results(BiFunction<Call, Reply, Reply> fault) throws IOException {
        try (FakeServer right = new FakeServer((call, reply) -> reply);
                FakeServer server = new FakeServer(fault)) {
            Known known = new Known(Optional.of("fake"), Optional.of("stable"), List.of(), List.of(), 1);
            Model model = new Discovery(new HttpServer(right.address(), Duration.ofSeconds(5), Map.of()), known).find();
            HttpServer http = new HttpServer(server.address(), Duration.ofSeconds(5), Map.of());
            return new Run(new Subject(http, Optional.empty(), model), Set.of()).of(OVER_HTTP);
        }
    }

    private static Set<String> names(List<CheckResult> results, Verdict verdict) {
        return results.stream()
                .filter(result -> result.verdict() == verdict)
                .map(SuiteTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(CheckResult result) {
        return result.section().title() + ": " + result.check().name();
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }
}
