package io.catwalk.evaluation.promotion;

import java.time.Clock;

import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.jobs.JobsConfig;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.journal.Retry;
import io.catwalk.journal.RetryingPublisher;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Promotions, for injection. */
@Singleton
class PromotionBeans {
    @Produces
    @Singleton
    Promotions promotions(Registry registry, EventPublisher publisher, JobsConfig jobs, Clock clock) {
        Retry retry = jobs.settings().retry();
        return new Promotions(registry, new RetryingPublisher(publisher, retry), retry, clock);
    }
}
