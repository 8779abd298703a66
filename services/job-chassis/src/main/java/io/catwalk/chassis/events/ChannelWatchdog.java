package io.catwalk.chassis.events;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.supervision.Supervisor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.health.HealthReport.ChannelInfo;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Ends the process when a channel has ended, whatever ended it: a connector starts none again, and a service that reads no
 * requests any more must not look alive. The offsets of what it hasn't acknowledged stay.
 */
@ApplicationScoped
class ChannelWatchdog {
    private static final Duration DISTANCE = Duration.ofSeconds(1);

    private final HealthCenter health;
    private volatile Optional<Thread> thread = Optional.empty();

    @Inject
    ChannelWatchdog(HealthCenter health) {
        this.health = health;
    }

    void start(@Observes StartupEvent event) {
        thread = Optional.of(Supervisor.ofProcess().start("channel-watchdog", this::watch));
    }

    void stop(@Observes ShutdownEvent event) {
        thread.ifPresent(Thread::interrupt);
    }

    private void watch() throws InterruptedException {
        while (true) {
            Thread.sleep(DISTANCE);
            for (ChannelInfo channel : health.getLiveness().getChannels()) {
                if (!channel.isOk()) {
                    Supervisor.ofProcess()
                            .end(new IllegalStateException(
                                    "the channel " + channel.getChannel() + " has ended: " + channel.getMessage()));
                }
            }
        }
    }
}
