package io.catwalk.evaluation.rollout;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import io.catwalk.chassis.jobs.JobsConfig;
import io.catwalk.evaluation.EvaluationConfig;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.rollout.job.RolloutHandler;
import io.catwalk.evaluation.rollout.job.RolloutMetrics;
import io.catwalk.evaluation.rollout.replay.CandidateReplay;
import io.catwalk.evaluation.rollout.replay.KafkaLoggedRequests;
import io.catwalk.evaluation.rollout.replay.LoggedRequests;
import io.catwalk.evaluation.rollout.topic.UngroupedTopic;
import io.catwalk.evaluation.rollout.window.KafkaWindows;
import io.catwalk.evaluation.rollout.window.WindowFeed;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.modelarchives.ModelSource;
import io.catwalk.objectstore.Blobs;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The parts of rollouts, for injection. */
@Singleton
class RolloutBeans {
    private static final Duration BROKER_CHECK = Duration.ofSeconds(5);

    @Produces
    @Singleton
    @DefaultBean
    WindowFeed.Source windows(
            @Identifier("default-kafka-broker") Map<String, Object> broker, Topics topics, EventDecoder decoder) {
        return new KafkaWindows(
                new UngroupedTopic(broker, topics.nameOf(EventType.SERVING_WINDOW)), decoder, BROKER_CHECK);
    }

    @Produces
    @Singleton
    @DefaultBean
    LoggedRequests log(
            @Identifier("default-kafka-broker") Map<String, Object> broker, Topics topics, EventDecoder decoder) {
        return new KafkaLoggedRequests(new UngroupedTopic(broker, topics.nameOf(EventType.INFERENCE_LOGGED)), decoder);
    }

    @Produces
    @Singleton
    CandidateReplay replay(LoggedRequests log, ModelSource models, EvaluationConfig config, Clock clock) {
        return new CandidateReplay(log, models, config.batchSize(), clock);
    }

    @Produces
    @Singleton
    RolloutSettings settings(RolloutConfig config) {
        return RolloutSettings.of(config);
    }

    @Produces
    @Singleton
    RolloutHandler handler(
            Registry registry,
            Blobs blobs,
            WindowFeed.Source windows,
            CandidateReplay replay,
            RolloutSettings settings,
            MeterRegistry meters,
            JobsConfig jobs,
            Clock clock) {
        return RolloutHandler.of(
                registry,
                blobs,
                new RolloutHandler.Sources(windows, replay),
                new RolloutHandler.Surroundings(
                        settings, new RolloutMetrics(meters), jobs.settings().poll(), clock));
    }
}
