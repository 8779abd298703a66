package io.catwalk.local.demo;

/** What the pipeline is busy with, and which service with it. */
enum Phase {
    DATA("data", "ingestion", "reading, checking and storing the dataset"),
    TRAINING("training", "training", "fitting the network"),
    EVALUATION("evaluation", "evaluation", "scoring the model on validation and test set"),
    PUBLISH("publish", "evaluation", "comparing with the champion, publishing, promoting"),
    SERVE("serve", "serving", "loading the promoted version, classifying test pictures");

    private final String title;
    private final String service;
    private final String purpose;

    Phase(String title, String service, String purpose) {
        this.title = title;
        this.service = service;
        this.purpose = purpose;
    }

    String title() {
        return title;
    }

    String service() {
        return service;
    }

    String purpose() {
        return purpose;
    }
}
