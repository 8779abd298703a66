package io.catwalk.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.conformance.Suite;
import io.catwalk.conformance.check.CheckResult;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Run;
import io.catwalk.conformance.check.Verdict;
import io.catwalk.conformance.grpc.GrpcServer;
import io.catwalk.conformance.http.HttpServer;
import io.catwalk.conformance.model.Discovery;
import io.catwalk.conformance.model.Discovery.Known;
import io.catwalk.conformance.model.Subject;
import io.catwalk.conformance.report.JsonReport;
import io.catwalk.conformance.report.Report;
import io.catwalk.local.process.LocalPort;
import org.junit.jupiter.api.Test;

/** The built service holds every check of its protocols. */
class ConformanceIT extends RunningServing {
    private static final String MODEL = "fashion";

    private final int grpcPort = LocalPort.free();

    @Override
    Map<String, String> settings() {
        return Map.of("CATWALK_GRPC_PORT", Integer.toString(grpcPort));
    }

    @Test
    void holdsEveryCheck() throws IOException {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);

        HttpServer http = new HttpServer(service.at("/"), TIMEOUT, Map.of());
        Known known = new Known(Optional.of(MODEL), Optional.of("stable"), List.of(), List.of(), 1);
        List<CheckResult> results;
        try (GrpcServer grpc = new GrpcServer("127.0.0.1:" + grpcPort, TIMEOUT, Map.of())) {
            Subject subject = new Subject(http, Optional.of(grpc), new Discovery(http, known).find());
            results = new Run(subject, EnumSet.allOf(Protocol.class)).of(Suite.sections());
        }
        Report report =
                new Report("Catwalk", MODEL, LocalDate.now(ZoneOffset.UTC).toString(), results);
        Files.writeString(Path.of("target", "conformance.json"), JsonReport.of(report));

        assertThat(results)
                .filteredOn(result -> result.verdict() == Verdict.FAIL)
                .extracting(result ->
                        result.section().title() + ": " + result.check().name() + ": " + result.seen())
                .isEmpty();
        assertThat(results)
                .filteredOn(result -> result.verdict() == Verdict.PASS)
                .hasSizeGreaterThan(120);
    }
}
