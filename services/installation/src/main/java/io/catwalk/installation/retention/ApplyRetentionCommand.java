package io.catwalk.installation.retention;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.catwalk.installation.StoreConfig;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectTooLargeException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Deletes from the bucket what nothing needs any more; the installation may be running. */
@Command(
        name = "apply-retention",
        mixinStandardHelpOptions = true,
        description =
                "Counts what nothing in the bucket needs any more, and deletes it with --delete: blobs that no journal or"
                        + " manifest names, checkpoints and event files of closed runs, and who asked for what journals know by"
                        + " now. The installation may be running.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:it is done", "2:it can't be done, or not to the end: run it again"})
public class ApplyRetentionCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ApplyRetentionCommand.class);
    private static final int DONE = 0;
    private static final int CANNOT = 2;

    private final StoreConfig store;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--delete", description = "Deletes it.")
    private boolean delete;

    @Option(
            names = "--unreferenced-for",
            paramLabel = "<age>",
            defaultValue = "P7D",
            description =
                    "How long ago a blob or checkpoint that nothing names was last stored, as PT12H, at least PT1H: ${DEFAULT-VALUE}.")
    private Duration unreferencedFor = Duration.ofDays(7);

    @Option(
            names = "--checkpoints-after",
            paramLabel = "<age>",
            description = "How long after its end a run loses all its checkpoints, so that no other can continue it.")
    private Optional<Duration> checkpointsAfter = Optional.empty();

    @Option(
            names = "--event-files-after",
            paramLabel = "<age>",
            description = "How long after its end a run loses its event files for TensorBoard.")
    private Optional<Duration> eventFilesAfter = Optional.empty();

    @Option(
            names = "--callers-for",
            paramLabel = "<age>",
            defaultValue = "P30D",
            description =
                    "How long it is kept beside the journals who asked over HTTP; must be longer than the topics keep"
                            + " requests: ${DEFAULT-VALUE}.")
    private Duration callersFor = Duration.ofDays(30);

    @Option(names = "--json", description = "Prints the report as one line of JSON.")
    private boolean json;

    @Option(
            names = "--readers",
            defaultValue = "8",
            description = "How many journals are read at a time: ${DEFAULT-VALUE}.")
    private int readers = 8;

    @Inject
    ApplyRetentionCommand(StoreConfig store) {
        this.store = store;
    }

    @Override
    public Integer call() throws InterruptedException {
        RetentionReport report;
        try {
            RetentionSettings settings = new RetentionSettings(
                    delete, unreferencedFor, checkpointsAfter, eventFilesAfter, callersFor, readers);
            report = new Retention(open(), settings).run();
        } catch (StoreUnavailableException
                | StoreRefusedException
                | ObjectTooLargeException
                | IllegalArgumentException e) {
            LOG.error("can't apply the retention: {}", e.getMessage());
            return CANNOT;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : report.table());
        out.flush();
        return DONE;
    }

    private ObjectStore open() {
        return new MinioObjectStore(store.settings());
    }
}
