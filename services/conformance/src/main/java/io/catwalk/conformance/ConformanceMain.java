package io.catwalk.conformance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import io.catwalk.conformance.check.CheckResult;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Run;
import io.catwalk.conformance.grpc.GrpcServer;
import io.catwalk.conformance.http.HttpServer;
import io.catwalk.conformance.model.Discovery;
import io.catwalk.conformance.model.Discovery.Known;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.ModelNotFoundException;
import io.catwalk.conformance.model.Subject;
import io.catwalk.conformance.model.TensorSpec;
import io.catwalk.conformance.report.JsonReport;
import io.catwalk.conformance.report.MarkdownTable;
import io.catwalk.conformance.report.Report;
import io.catwalk.conformance.report.TextTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code conformance URL}: checks a server and prints what came of it. */
@Command(
        name = "conformance",
        description =
                "Checks an inference server against TensorFlow Serving's REST API and the Open Inference Protocol.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all required checks hold",
            "1:a required check fails",
            "2:the arguments are wrong, or there is no such server or model"
        })
public final class ConformanceMain implements Callable<Integer> {
    private static final int NO_SUBJECT = 2;

    @Parameters(paramLabel = "URL", description = "The server's address, as http://localhost:8080.")
    private URI server = URI.create("http://localhost:8080");

    @Option(names = "--model", paramLabel = "NAME", description = "The model, unless the server has one alone.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--grpc", paramLabel = "HOST:PORT", description = "The server's address over gRPC, without TLS.")
    private Optional<String> grpc = Optional.empty();

    @Option(
            names = "--label",
            paramLabel = "NAME",
            description = "A label that points at a version, as TensorFlow Serving has them.")
    private Optional<String> label = Optional.empty();

    @Option(
            names = "--input",
            paramLabel = "NAME:DATATYPE:SHAPE",
            converter = TensorSpecConverter.class,
            description = "An input, as images:FP32:-1,28,28,1, where the metadata doesn't name it.")
    private List<TensorSpec> inputs = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "NAME:DATATYPE:SHAPE",
            converter = TensorSpecConverter.class,
            description = "An output, where the metadata doesn't name it.")
    private List<TensorSpec> outputs = new ArrayList<>();

    @Option(
            names = "--open-dimension",
            paramLabel = "N",
            defaultValue = "1",
            description = "The size of dimensions of any size, other than the batch; ${DEFAULT-VALUE} by default.")
    private int openDimension;

    @Option(
            names = "--demand",
            paramLabel = "PROTOCOL",
            split = ",",
            description = "Protocols that must be offered in all sections, of ${COMPLETION-CANDIDATES}.")
    private List<Protocol> demanded = new ArrayList<>();

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header of each request.")
    private Map<String, String> headers = new HashMap<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Of each request; ${DEFAULT-VALUE} by default.")
    private int timeout;

    @Option(names = "--name", paramLabel = "NAME", description = "The server's name in reports.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--markdown", paramLabel = "FILE", description = "Where to write the results as Markdown.")
    private Optional<Path> markdown = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the results as JSON.")
    private Optional<Path> json = Optional.empty();

    public static void main(String[] words) {
        System.exit(commandLine().execute(words));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ConformanceMain()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException {
        HttpServer http = new HttpServer(server, Duration.ofSeconds(timeout), headers);
        try {
            Model found = new Discovery(http, new Known(model, label, inputs, outputs, openDimension)).find();
            Optional<GrpcServer> overGrpc =
                    grpc.map(address -> new GrpcServer(address, Duration.ofSeconds(timeout), headers));
            try {
                return report(new Subject(http, overGrpc, found));
            } finally {
                overGrpc.ifPresent(GrpcServer::close);
            }
        } catch (ModelNotFoundException e) {
            System.err.println(server + ": " + e.getMessage());
            return NO_SUBJECT;
        } catch (IOException e) {
            System.err.println(server + ": no answer: " + e);
            return NO_SUBJECT;
        }
    }

    private int report(Subject subject) throws IOException {
        List<CheckResult> results = new Run(subject, Set.copyOf(demanded)).of(Suite.sections());
        Report report = new Report(
                name.orElse(server.toString()),
                subject.model().name(),
                LocalDate.now(ZoneOffset.UTC).toString(),
                results);
        System.out.print(TextTable.of(report));
        if (markdown.isPresent()) {
            Files.writeString(markdown.get(), MarkdownTable.of(report));
        }
        if (json.isPresent()) {
            Files.writeString(json.get(), JsonReport.of(report));
        }
        return report.conforms() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
