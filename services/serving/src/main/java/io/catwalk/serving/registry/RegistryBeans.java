package io.catwalk.serving.registry;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The registry, for injection. */
@Singleton
public class RegistryBeans {
    @Produces
    @Singleton
    ModelRegistry registry() {
        return new ModelRegistry();
    }
}
