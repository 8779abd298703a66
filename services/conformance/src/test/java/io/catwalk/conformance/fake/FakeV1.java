package io.catwalk.conformance.fake;

import static io.catwalk.conformance.fake.RefusedException.require;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The paths below {@code /v1/models}. */
final class FakeV1 {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String STATUS =
            "{'name':'fake','ready':true,'model_version_status':[{'version':'3','state':'AVAILABLE','status':{'error_code':'OK','error_message':''}}]}";
    private static final String METADATA =
            "{'model_spec':{'name':'fake','version':'3'},'metadata':{'signature_def':{'signature_def':{'serving_default':{"
                    + "'inputs':{'x':{'dtype':'DT_FLOAT','tensor_shape':{'dim':[{'size':'-1'},{'size':'3'}]}}},"
                    + "'outputs':{'y':{'dtype':'DT_FLOAT','tensor_shape':{'dim':[{'size':'-1'},{'size':'2'}]}}},"
                    + "'method_name':'tensorflow/serving/predict'}}}}}";

    private FakeV1() {}

    static Reply answer(Call call) {
        if (call.path().equals("/v1/models")) {
            return Reply.json("{'models':['fake']}");
        }
        String model = "/v1/models/" + FakeModel.NAME;
        String path =
                call.path().replaceFirst("/versions/" + FakeModel.VERSION, "").replaceFirst("/labels/stable", "");
        if (path.equals(model) && !call.isPost()) {
            return Reply.json(STATUS);
        } else if (path.equals(model + "/metadata") && !call.isPost()) {
            return Reply.json(METADATA);
        } else if (path.equals(model + ":predict")) {
            if (!call.isPost()) {
                throw new RefusedException(405, "POST it");
            }
            return predict(FakeServer.object(call.body()));
        }
        throw new RefusedException(404, "no such route: " + call.path());
    }

    private static Reply predict(JsonNode body) {
        require(body.has("instances") != body.has("inputs"), "either instances or inputs");
        require(body.path("signature_name").asText("serving_default").equals("serving_default"), "no such signature");
        List<double[]> rows = FakeModel.outputs(
                FakeModel.numbers(body.has("instances") ? rows(body.get("instances")) : column(body.get("inputs"))));
        ArrayNode answer = JSON.arrayNode();
        rows.forEach(row -> answer.addArray().add(row[0]).add(row[1]));
        return Reply.ok(JSON.objectNode().set(body.has("instances") ? "predictions" : "outputs", answer));
    }

    private static JsonNode rows(JsonNode instances) {
        ArrayNode rows = JSON.arrayNode();
        require(instances.isArray(), "instances must be an array");
        instances.forEach(instance -> rows.add(instance.isObject() ? named(instance) : instance));
        return rows;
    }

    private static JsonNode column(JsonNode inputs) {
        return inputs.isObject() ? named(inputs) : inputs;
    }

    private static JsonNode named(JsonNode object) {
        List<String> names = new ArrayList<>();
        ((ObjectNode) object).fieldNames().forEachRemaining(names::add);
        require(names.equals(List.of(FakeModel.INPUT)), "the input is x alone");
        return object.get(FakeModel.INPUT);
    }
}
