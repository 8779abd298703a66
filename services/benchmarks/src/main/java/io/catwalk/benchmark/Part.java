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
    /** Many models in one serving process; takes some minutes, so only on request. */
    MODELS,
    /** What a history of closed runs costs a trainer; takes some minutes, so only on request. */
    GROWTH
}
