package io.catwalk.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.conformance.report.Comparison;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code comparison FILE..}: prints several servers' results side by side. */
@Command(
        name = "comparison",
        description = "Prints the results of several servers side by side, as Markdown.",
        mixinStandardHelpOptions = true)
public final class ComparisonMain implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Results that conformance --json has written.")
    private List<Path> files = new ArrayList<>();

    public static void main(String[] words) {
        System.exit(new CommandLine(new ComparisonMain()).execute(words));
    }

    @Override
    public Integer call() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> reports = new ArrayList<>();
        for (Path file : files) {
            reports.add(json.readTree(file.toFile()));
        }
        System.out.print(new Comparison(reports).markdown());
        return CommandLine.ExitCode.OK;
    }
}
