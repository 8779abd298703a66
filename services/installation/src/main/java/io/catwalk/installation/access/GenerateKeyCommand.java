package io.catwalk.installation.access;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.catwalk.access.ApiKey;
import io.catwalk.access.GrantedKey;
import io.catwalk.access.InvalidKeyFileException;
import io.catwalk.access.KeyFile;
import io.catwalk.access.ModelPatterns;
import io.catwalk.access.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an API key and prints it, then its entry for the key file. Nothing keeps the key. */
@Command(
        name = "generate-key",
        mixinStandardHelpOptions = true,
        description = "Makes an API key: prints the key, which nothing keeps, then its entry for the key file.")
public class GenerateKeyCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(GenerateKeyCommand.class);
    private static final int BAD_INPUT = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME",
            description = "Names the key, which journals and logs show: a-z, 0-9, '.', '_', '-'.")
    private String name = "";

    @Option(
            names = "--roles",
            required = true,
            split = ",",
            paramLabel = "ROLE",
            description = "What it may do: viewer, predictor, operator, admin.")
    private List<String> roles = List.of();

    @Option(
            names = "--models",
            split = ",",
            paramLabel = "MODEL",
            description = "Those that it may call, by name or by its start and *; all without it.")
    private List<String> models = List.of();

    @Option(
            names = "--requests-per-second",
            paramLabel = "N",
            description = "At most so many at each replica, 1 to 1000000; without it no limit.")
    private Optional<Integer> requestsPerSecond = Optional.empty();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "From when on it is refused, as 2027-01-01T00:00:00Z; without it never.")
    private Optional<Instant> expires = Optional.empty();

    @Override
    public Integer call() {
        ApiKey key = ApiKey.generate(new SecureRandom());
        try {
            String entry = KeyFile.entry(grant(key));
            PrintWriter out = spec.commandLine().getOut();
            out.println(key.secret());
            out.println(entry);
            out.flush();
        } catch (InvalidKeyFileException e) {
            LOG.error("{}", e.getMessage());
            return BAD_INPUT;
        }
        LOG.info(
                "the first line is the key: give it to its holder, it can't be shown again. The second is its entry: add it to"
                        + " \"keys\" in the file of catwalk.access.keys-file, {\"keys\":[...]}");
        return 0;
    }

    private GrantedKey grant(ApiKey key) {
        Set<Role> granted =
                roles.stream().map(role -> KeyFile.requireRole("--roles", role)).collect(Collectors.toSet());
        ModelPatterns callable = models.isEmpty()
                ? ModelPatterns.ALL
                : ModelPatterns.of(models.stream()
                        .map(model -> KeyFile.requireModel("--models", model))
                        .toList());
        return new GrantedKey(
                KeyFile.requireName("NAME", name),
                key.sha256(),
                granted,
                callable,
                requestsPerSecond
                        .map(limit -> OptionalInt.of(KeyFile.requireRequestsPerSecond("--requests-per-second", limit)))
                        .orElse(OptionalInt.empty()),
                expires);
    }
}
