package io.catwalk.console.view;

import java.util.concurrent.CompletionStage;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EngineConfiguration;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.ValueResolver;

/** A field of what isn't there isn't there either: a run that waits has no progress, and so no accuracy in it. */
@EngineConfiguration
public class FieldsOfNothing implements ValueResolver {
    @Override
    public int getPriority() {
        // After Qute's own, as orEmpty.
        return Integer.MIN_VALUE;
    }

    @Override
    public boolean appliesTo(EvalContext context) {
        return context.getBase() == null && context.getParams().isEmpty();
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        return CompletedStage.of(null);
    }
}
