package io.catwalk.network.optimizer;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** An optimizer's variables by name, each made when it is first asked for: all steps that a graph makes in one call share them. */
public final class Slots {
    private final Map<String, Variable<TFloat32>> made = new HashMap<>();

    Variable<TFloat32> named(String name, Supplier<Variable<TFloat32>> make) {
        return made.computeIfAbsent(name, unused -> make.get());
    }
}
