package io.catwalk.training.sweep.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One combination of a sweep's parameters.
 *
 * @param number from 1
 * @param parameters values by fields, in the request's order
 */
public record Trial(int number, Map<String, JsonNode> parameters) {
    public Trial {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
