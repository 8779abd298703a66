package io.catwalk.chassis.node;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This process. */
@ApplicationScoped
public class Node {
    private final String writer;
    private final String service;

    @Inject
    Node(NodeConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.writer = config.name() + "/" + UUID.randomUUID();
        this.service = service;
    }

    /** Names this process in journals: no other process, nor the next start of this one, has the same. */
    public String writer() {
        return writer;
    }

    /** The {@code source} of this service's events. */
    public String eventSource() {
        return "/catwalk/" + service;
    }
}
