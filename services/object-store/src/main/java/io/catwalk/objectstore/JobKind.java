package io.catwalk.objectstore;

/** The kinds of job that have a journal, each with its folder. */
public enum JobKind {
    INGESTION("ingestions"),
    RUN("runs"),
    EVALUATION("evaluations"),
    SWEEP("sweeps"),
    ROLLOUT("rollouts");

    private final String folder;

    JobKind(String folder) {
        this.folder = folder;
    }

    /** The top-level folder, and the kind's name in {@code open/{kind}/}. */
    public String folder() {
        return folder;
    }
}
