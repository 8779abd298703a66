package io.catwalk.evaluation.registry;

import io.catwalk.chassis.jobs.JobsConfig;
import io.catwalk.chassis.node.Node;
import io.catwalk.objectstore.ObjectStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The registry, for injection. */
@Singleton
class RegistryBeans {
    @Produces
    @Singleton
    Registry registry(ObjectStore store, Node node, JobsConfig jobs) {
        return new Registry(store, node.writer(), jobs.settings().retry());
    }
}
