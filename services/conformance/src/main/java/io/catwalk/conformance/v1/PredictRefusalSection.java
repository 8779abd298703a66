package io.catwalk.conformance.v1;

import static io.catwalk.conformance.check.Check.recommended;
import static io.catwalk.conformance.check.Check.required;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.conformance.check.Check;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Subject;

/** Requests that {@code :predict} refuses, each with a status and {@code {"error": ..}}. */
public final class PredictRefusalSection {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String INPUT = "no_such_input";

    private PredictRefusalSection() {}

    public static Section section() {
        return new Section(
                Protocol.TENSORFLOW_SERVING_V1,
                "Refusals",
                "TensorFlow Serving, g3doc/api_rest.md, Predict API, and tensorflow_serving/util/json_tensor.cc",
                PredictApi::offer,
                List.of(
                        refused("JSON that breaks off is refused with 400", model -> "{\"instances\": [[0.5,"),
                        refused("an empty body is refused with 400", model -> ""),
                        refused("a body that is no object is refused with 400", model -> "[1, 2]"),
                        refused("neither instances nor inputs is refused with 400", model -> "{}"),
                        refused("both instances and inputs are refused with 400", PredictRefusalSection::both),
                        refused("no instances are refused with 400", model -> "{\"instances\": []}"),
                        refused("instances that are no array are refused with 400", model -> "{\"instances\": 1}"),
                        refused("an element in place of a tensor is refused with 400", PredictRefusalSection::scalar),
                        refused("instances of different shapes are refused with 400", PredictRefusalSection::ragged),
                        refused("an unknown input is refused with 400", PredictRefusalSection::unknownInput),
                        refused("an object in place of a number is refused with 400", PredictRefusalSection::objects),
                        refused(
                                "an unknown signature is refused with 400",
                                model -> PredictApi.row(model, 1)
                                        .put("signature_name", "no_such_signature")
                                        .toString()),
                        required(
                                "an unknown model is refused with 404",
                                subject -> subject.http()
                                        .post(
                                                "/v1/models/" + Subject.UNKNOWN_MODEL + ":predict",
                                                PredictApi.valid(subject, 1))
                                        .requireRefusal(404)
                                        .shown()),
                        required(
                                "an unknown version is refused with 404",
                                subject -> subject.http()
                                        .post(
                                                "%s/versions/%s:predict"
                                                        .formatted(
                                                                PredictApi.path(subject.model()),
                                                                Subject.UNKNOWN_VERSION),
                                                PredictApi.valid(subject, 1))
                                        .requireRefusal(404)
                                        .shown()),
                        recommended(
                                "an unknown label is refused",
                                subject -> subject.http()
                                        .post(
                                                PredictApi.path(subject.model()) + "/labels/no_such_label:predict",
                                                PredictApi.valid(subject, 1))
                                        .requireRefusal()
                                        .shown()),
                        required(
                                "an unknown method is refused",
                                subject -> subject.http()
                                        .post(
                                                PredictApi.path(subject.model()) + ":frobnicate",
                                                PredictApi.valid(subject, 1))
                                        .requireClientError()
                                        .shown()),
                        required(
                                "GET of :predict is refused",
                                subject -> subject.http()
                                        .get(PredictApi.path(subject.model()) + ":predict")
                                        .requireClientError()
                                        .shown())));
    }

    private static Check refused(String name, Function<Model, String> body) {
        return required(
                name,
                subject -> subject.http()
                        .post(PredictApi.path(subject.model()) + ":predict", body.apply(subject.model()))
                        .requireRefusal(400)
                        .shown());
    }

    private static String both(Model model) {
        ObjectNode body = PredictApi.row(requireBatch(model), 1);
        body.setAll(PredictApi.column(model, 1));
        return body.toString();
    }

    private static String scalar(Model model) {
        requireRank(model);
        return JSON.objectNode().set("instances", JSON.arrayNode().add(1)).toString();
    }

    private static String ragged(Model model) {
        requireRank(model);
        ObjectNode body = PredictApi.row(model, 2);
        ArrayNode instances = (ArrayNode) body.get("instances");
        if (!instances.get(1).isArray()) {
            throw new NotOfferedException("the model has several inputs");
        }
        ((ArrayNode) instances.get(1)).remove(0);
        return body.toString();
    }

    private static String unknownInput(Model model) {
        ObjectNode body = PredictApi.namedRow(requireBatch(model), 1);
        ObjectNode row = (ObjectNode) body.at("/instances/0");
        row.set(INPUT, row.remove(model.inputs().getFirst().name()));
        return body.toString();
    }

    private static String objects(Model model) {
        requireBatch(model);
        ObjectNode named = JSON.objectNode();
        model.inputs()
                .forEach(input -> named.set(input.name(), JSON.objectNode().put("value", 1)));
        return JSON.objectNode().set("instances", JSON.arrayNode().add(named)).toString();
    }

    private static Model requireBatch(Model model) {
        if (!model.isBatched()) {
            throw new NotOfferedException("the model's inputs have no batch");
        }
        return model;
    }

    private static void requireRank(Model model) {
        if (requireBatch(model).inputs().getFirst().shape().size() < 2) {
            throw new NotOfferedException("the model's instances are scalars");
        }
    }
}
