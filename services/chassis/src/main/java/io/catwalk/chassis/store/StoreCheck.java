package io.catwalk.chassis.store;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import io.catwalk.objectstore.BrokenCreateIfAbsentException;
import io.catwalk.objectstore.CreateIfAbsentSelfTest;
import io.catwalk.objectstore.Name;
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

/** Tries the store's create-if-absent from the start on, until it has shown it; before that the service isn't ready. */
@ApplicationScoped
@Default
@Readiness
public class StoreCheck implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCheck.class);
    private static final Duration DISTANCE = Duration.ofSeconds(2);

    private final ObjectStore store;
    private final CountDownLatch passed = new CountDownLatch(1);
    private volatile String problem = "create-if-absent is being tried";
    private volatile Optional<Thread> tester = Optional.empty();

    @Inject
    StoreCheck(ObjectStore store) {
        this.store = store;
    }

    void start(@Observes StartupEvent event) {
        tester = Optional.of(Supervisor.ofProcess().start("store-check", this::tryUntilPassed));
    }

    void stop(@Observes ShutdownEvent event) {
        tester.ifPresent(Thread::interrupt);
    }

    /** Waits until the store may be relied on. */
    public void awaitPassed() throws InterruptedException {
        passed.await();
    }

    @Override
    public HealthCheckResponse call() {
        boolean up = passed.getCount() == 0;
        var response = HealthCheckResponse.named("store").status(up);
        return (up ? response : response.withData("reason", problem)).build();
    }

    private void tryUntilPassed() throws InterruptedException {
        while (!attempt()) {
            Thread.sleep(DISTANCE);
        }
        passed.countDown();
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
}
