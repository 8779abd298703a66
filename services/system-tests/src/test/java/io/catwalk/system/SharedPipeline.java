package io.catwalk.system;

import java.util.Map;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Shares one pipeline among all test classes, because a start takes longer than a run. */
final class SharedPipeline implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedPipeline.class);

    /** A canary's windows are short, and all its requests are compared, so that its figures are soon there. */
    private static final Map<String, String> SETTINGS =
            Map.of("CATWALK_ROLLOUT_WINDOW", "1s", "CATWALK_ROLLOUT_COPIES_CANARY_SHARE", "1");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Pipeline.class;
    }

    @Override
    public Pipeline resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Pipeline.class, type -> Pipeline.start("shared", SETTINGS), Pipeline.class);
    }
}
