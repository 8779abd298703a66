package io.catwalk.installation.history;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.catwalk.events.Topics;
import io.catwalk.history.CannotCheckException;
import io.catwalk.history.CheckSettings;
import io.catwalk.history.HistoryCheck;
import io.catwalk.history.Progress;
import io.catwalk.history.Report;
import io.catwalk.installation.StoreConfig;
import io.catwalk.objectstore.MinioObjectStore;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks that bucket and topics say one consistent history. Only reads; the installation may be running. */
@Command(
        name = "check-history",
        mixinStandardHelpOptions = true,
        description =
                "Checks that the bucket's journals and the topics' records are one consistent history; only reads.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:nothing was found", "1:something was found", "2:it can't be checked"})
public class CheckHistoryCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(CheckHistoryCommand.class);
    private static final int CLEAN = 0;
    private static final int FOUND = 1;
    private static final int CANNOT_CHECK = 2;

    private final Map<String, Object> broker;
    private final StoreConfig store;
    private final Topics topics;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--no-content", description = "Looks for blobs and checkpoints, and doesn't read them.")
    private boolean withoutContent;

    @Option(names = "--json", description = "Prints the report as one line of JSON.")
    private boolean json;

    @Option(
            names = "--patience",
            defaultValue = "PT30S",
            description = "How long after the first look what seems wrong is looked at again: ${DEFAULT-VALUE}.")
    private Duration patience = Duration.ofSeconds(30);

    @Option(
            names = "--topics-since",
            paramLabel = "<time>",
            description =
                    "Since when the topics stand, where they were lost, as 2026-11-29T08:00:00Z: older events aren't missed.")
    private Optional<Instant> topicsSince = Optional.empty();

    @Option(
            names = "--readers",
            defaultValue = "8",
            description = "How many journals are read at a time: ${DEFAULT-VALUE}.")
    private int readers = 8;

    @Inject
    CheckHistoryCommand(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            StoreConfig store,
            @ConfigProperty(name = "catwalk.events.topic-prefix") Optional<String> topicPrefix) {
        this.broker = broker;
        this.store = store;
        this.topics = new Topics(topicPrefix.orElse(""));
    }

    @Override
    public Integer call() throws InterruptedException {
        Report report;
        try {
            CheckSettings settings = new CheckSettings(!withoutContent, patience, topicsSince, readers);
            MinioObjectStore bucket = new MinioObjectStore(store.settings());
            report = new HistoryCheck(bucket, broker, topics, settings, new Progress(LOG::info)).run();
        } catch (CannotCheckException | IllegalArgumentException | KafkaException e) {
            LOG.error("can't check: {}", e.getMessage());
            return CANNOT_CHECK;
        }
        PrintWriter out = spec.commandLine().getOut();
        ReportText text = new ReportText(report);
        out.println(json ? text.json() : text.table());
        out.flush();
        return report.isClean() ? CLEAN : FOUND;
    }
}
