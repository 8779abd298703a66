package io.catwalk.evaluation.job;

import java.time.Clock;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.datasets.LocalDatasets;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.JobServices;
import io.catwalk.chassis.jobs.JobsConfig;
import io.catwalk.chassis.node.Node;
import io.catwalk.evaluation.EvaluationConfig;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.journal.job.Jobs;
import io.catwalk.modelarchives.ModelArchives;
import io.catwalk.modelarchives.ModelSource;
import io.catwalk.modelarchives.StoredModels;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.ObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Evaluations as this process's jobs, from its start to its end. */
@Singleton
class EvaluationBeans {
    @Produces
    @Singleton
    EvaluationMetrics metrics(MeterRegistry registry) {
        return new EvaluationMetrics(registry);
    }

    @Produces
    @Singleton
    @DefaultBean
    ModelSource models(Blobs blobs, EvaluationConfig config, Clock clock) {
        return new StoredModels(
                new ModelArchives(
                        blobs, config.workFolder(), config.maxModelSize().asLongValue(), 0, clock),
                Runtime.getRuntime().availableProcessors(),
                new TensorLimits(config.batchSize(), config.maxTensorSize().asLongValue()));
    }

    @Produces
    @Singleton
    EvaluationHandler.Sources sources(
            ObjectStore store,
            Blobs blobs,
            DatasetStore datasets,
            ModelSource models,
            EvaluationConfig config,
            Node node,
            JobsConfig jobs) {
        return new EvaluationHandler.Sources(
                datasets,
                new LocalDatasets(datasets, config.workFolder().resolve("datasets")),
                models,
                new Jobs(store, JobKind.RUN, node.writer(), jobs.settings().retry()),
                blobs);
    }

    @Produces
    @Singleton
    EvaluationHandler handler(
            EvaluationHandler.Sources sources,
            Registry registry,
            EvaluationMetrics metrics,
            Clock clock,
            EvaluationConfig config) {
        return new EvaluationHandler(sources, registry, metrics, clock, config.batchSize());
    }

    @Produces
    @Singleton
    JobService jobs(JobServices services, EvaluationHandler handler) {
        return services.of(handler);
    }

    void start(@Observes StartupEvent event, JobService jobs) {
        jobs.start();
    }

    void stop(@Observes ShutdownEvent event, JobService jobs) throws InterruptedException {
        jobs.stop();
    }
}
