package io.catwalk.benchmark;

/** The parts of the benchmark. */
enum Part {
    /** Training steps against peers and the machine's peak. */
    STEPS,
    /** Where a step's time goes. */
    PROFILE,
    /** Training time to test accuracy. */
    ACCURACY,
    /** What bfloat16 costs in accuracy, where the processor has it. */
    PRECISION,
    /** Runs through the pipeline. */
    PIPELINE,
    /** Predictions by HTTP against the engine alone and MLServer. */
    SERVING,
    /** Drift alarms on samples of the test set, as they are and changed; takes some two minutes, so only on request. */
    DRIFT,
    /** Many models in one serving process; takes some minutes, so only on request. */
    MODELS,
    /** Accuracy of {@code resnet-colour} on CIFAR-10; takes minutes an epoch, so only on request. */
    COLOUR,
    /** What an API key costs a prediction; takes a minute, so only on request. */
    ACCESS,
    /**
     * What closed runs cost a trainer, many models, versions and events each service, and large data sets ingestion and a trainer; takes
     * many minutes, so only on request.
     */
    GROWTH
}
