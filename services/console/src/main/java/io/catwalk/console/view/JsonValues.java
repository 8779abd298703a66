package io.catwalk.console.view;

import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EngineConfiguration;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Results;
import io.quarkus.qute.ValueResolver;
import org.jspecify.annotations.Nullable;

/** Lets templates name a service's answers field by field; a field that isn't there is null, as the next release may lack it. */
@EngineConfiguration
public class JsonValues implements ValueResolver {
    @Override
    public boolean appliesTo(EvalContext context) {
        return context.getBase() instanceof JsonNode && context.getParams().isEmpty();
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        JsonNode node = (JsonNode) context.getBase();
        return switch (context.getName()) {
            case "size" -> CompletedStage.of(node.size());
            case "isEmpty" -> CompletedStage.of(node.isEmpty());
            case "text" -> CompletedStage.of(node.isTextual() ? node.asText() : node.toString());
            case "pretty" -> CompletedStage.of(node.toPrettyString());
            case "fields" -> CompletedStage.of(node.properties());
            case "isText" -> CompletedStage.of(node.isTextual());
            case "isObject" -> CompletedStage.of(node.isObject());
            default ->
                node.isObject() ? CompletedStage.of(plain(node.get(context.getName()))) : Results.notFound(context);
        };
    }

    /** Texts, numbers and truth values as Java has them; null for none. */
    static @Nullable Object plain(@Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return null;
        }
        return switch (node.getNodeType()) {
            case STRING -> node.asText();
            case BOOLEAN -> node.asBoolean();
            case NUMBER -> node.numberValue();
            default -> node;
        };
    }
}
