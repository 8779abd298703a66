package io.catwalk.network.optimizer;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** An optimizer's variables by name, created on first use and shared by all steps of a graph. */
public final class Slots {
    private final Map<String, Variable<TFloat32>> made = new HashMap<>();

    Variable<TFloat32> named(String name, Supplier<Variable<TFloat32>> make) {
        return made.computeIfAbsent(name, unused -> make.get());
    }
}
