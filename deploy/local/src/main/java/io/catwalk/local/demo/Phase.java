package io.catwalk.local.demo;

/** What the pipeline is busy with, and which service with it. */
enum Phase {
    DATA("data", "ingestion"),
    TRAINING("training", "training"),
    EVALUATION("evaluation", "evaluation"),
    PUBLISH("publish", "evaluation"),
    SERVE("serve", "serving");

    private final String title;
    private final String service;

    Phase(String title, String service) {
        this.title = title;
        this.service = service;
    }

    String title() {
        return title;
    }

    String service() {
        return service;
    }
}
