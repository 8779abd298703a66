package io.catwalk.chart;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;

/** Resources against their published types: no field too many, none of a wrong type. Ranges and enums aren't looked at. */
final class StrictTypes {
    private static final Map<String, Class<?>> CUSTOM = Map.of(
            "ServiceMonitor", ServiceMonitor.class,
            "PrometheusRule", PrometheusRule.class,
            "HTTPRoute", HTTPRoute.class,
            "KafkaTopic", KafkaTopic.class,
            "KafkaUser", KafkaUser.class);

    private static final Map<String, String> KUBERNETES =
            Map.of("HorizontalPodAutoscaler", "V2HorizontalPodAutoscaler");

    /** KEDA publishes no Java types; WorkloadsTest checks its fields. */
    private static final String UNTYPED = "ScaledObject";

    private final Gson gson = new Gson();
    private final ObjectMapper mapper = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new NoAdditionalProperties());

    /** @throws AssertionError that names the field */
    void check(Resource resource) {
        if (resource.kind().equals(UNTYPED)) {
            return;
        }
        Object tree = resource.tree().value().orElseThrow();
        try {
            if (CUSTOM.containsKey(resource.kind())) {
                mapper.convertValue(tree, CUSTOM.get(resource.kind()));
            } else {
                checkKubernetes(resource.kind(), gson.toJsonTree(tree));
            }
        } catch (IllegalArgumentException e) {
            throw new AssertionError(resource + ": " + e.getMessage(), e);
        }
    }

    private static void checkKubernetes(String kind, JsonElement json) {
        String model = KUBERNETES.getOrDefault(kind, "V1" + kind);
        try {
            Class.forName("io.kubernetes.client.openapi.models." + model)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, json);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no type is known for " + kind, e);
        }
    }

    /** The models keep what they don't know; here it is to fail. */
    private static final class NoAdditionalProperties extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
