package io.catwalk.chassis.readiness;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import io.catwalk.chassis.store.StoreAnswers;
import io.catwalk.chassis.store.StoreConfig;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.BrokenCreateIfAbsentException;
import io.catwalk.objectstore.CreateIfAbsentSelfTest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.supervision.Supervisor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store may be relied on. From the start on its create-if-absent is tried until it has shown it; from then on a
 * small call every few seconds shows whether the store still answers. Without either the service isn't ready.
 */
@ApplicationScoped
@Default
@Readiness
public class StoreCheck implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCheck.class);
    private static final Duration DISTANCE = Duration.ofSeconds(2);
    private static final ObjectKey PROBE = Artifacts.selfTest(new Name("probe")).key("absent");
    private static final int PROBES_OF_AN_OUTAGE = 3;

    private final ObjectStore store;
    private final Duration probeDistance;
    private final StoreOutage outage;
    private final CountDownLatch passed = new CountDownLatch(1);
    private volatile String problem = "create-if-absent is being tried";
    private volatile Optional<Thread> tester = Optional.empty();

    @Inject
    StoreCheck(ObjectStore store, StoreAnswers answers, StoreConfig config) {
        this(store, answers, config.probeDistance());
    }

    StoreCheck(ObjectStore store, StoreAnswers answers, Duration probeDistance) {
        this.store = store;
        this.probeDistance = probeDistance;
        this.outage = new StoreOutage(answers, probeDistance.multipliedBy(PROBES_OF_AN_OUTAGE));
    }

    void start(@Observes StartupEvent event) {
        tester = Optional.of(Supervisor.ofProcess().start("store-check", this::check));
    }

    void stop(@Observes ShutdownEvent event) {
        tester.ifPresent(Thread::interrupt);
    }

    /** Waits until the store may be relied on; it may be away again when this returns. */
    public void awaitPassed() throws InterruptedException {
        passed.await();
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> reason = passed.getCount() == 0 ? outage.problem() : Optional.of(problem);
        var response = HealthCheckResponse.named("store").status(reason.isEmpty());
        return reason.map(why -> response.withData("reason", why))
                .orElse(response)
                .build();
    }

    private void check() throws InterruptedException {
        while (passed.getCount() > 0 && !attempt()) {
            Thread.sleep(DISTANCE);
        }
        passed.countDown();
        while (true) {
            Thread.sleep(probeDistance);
            probe();
        }
    }

    private boolean attempt() throws InterruptedException {
        try {
            new CreateIfAbsentSelfTest(store).run(new Name(UUID.randomUUID().toString()));
            LOG.info("the store's create-if-absent is atomic");
            return true;
        } catch (BrokenCreateIfAbsentException | StoreUnavailableException | StoreRefusedException e) {
            problem = String.valueOf(e.getMessage());
            LOG.warn("not ready: {}", problem);
            return false;
        }
    }

    private void probe() {
        boolean wasAway = outage.problem().isPresent();
        long started = System.nanoTime();
        try {
            store.exists(PROBE);
            outage.answered();
        } catch (StoreUnavailableException | StoreRefusedException e) {
            outage.failed(String.valueOf(e.getMessage()), started, System.nanoTime());
        }
        if (wasAway != outage.problem().isPresent()) {
            LOG.warn(outage.problem().map(why -> "not ready: " + why).orElse("the store answers again"));
        }
    }
}
