package io.catwalk.installation.check;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Callable;

import io.catwalk.client.ClientKey;
import io.catwalk.client.PipelineClient;
import io.catwalk.installation.InstallationException;
import io.catwalk.installation.Patience;
import io.catwalk.installation.StoreConfig;
import io.catwalk.objectstore.MinioObjectStore;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Has one small model trained, evaluated, published and served. It leaves its dataset and model there. Its key is that of {@code
 * CATWALK_API_KEY}, else of the file that {@code CATWALK_API_KEY_FILE} names.
 */
@Command(name = "check", description = "Takes a small dataset of its own through the whole pipeline.")
public class CheckCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(CheckCommand.class);
    private static final Duration DISTANCE = Duration.ofMillis(500);

    private final CheckConfig services;
    private final StoreConfig store;

    @Option(names = "--patience", defaultValue = "PT10M", description = "How long a step may take: ${DEFAULT-VALUE}.")
    private Duration patience = Duration.ofMinutes(10);

    @Option(
            names = "--predict-for",
            defaultValue = "PT0S",
            description = "How long to keep predicting, with no request failing: ${DEFAULT-VALUE}.")
    private Duration predictFor = Duration.ZERO;

    @Inject
    CheckCommand(CheckConfig services, StoreConfig store) {
        this.services = services;
        this.store = store;
    }

    @Override
    public Integer call() throws InterruptedException {
        Patience patient = new Patience(patience, DISTANCE, InstantSource.system());
        try (PipelineClient client = new PipelineClient(
                        services.ingestion(), services.training(), services.evaluation(), services.serving())
                .with(ClientKey.of(System.getenv()))) {
            new PipelineCheck(new MinioObjectStore(store.settings()), client, patient)
                    .run("check-" + UUID.randomUUID(), predictFor);
            return 0;
        } catch (InstallationException e) {
            LOG.error("{}", e.getMessage());
            return 1;
        }
    }
}
