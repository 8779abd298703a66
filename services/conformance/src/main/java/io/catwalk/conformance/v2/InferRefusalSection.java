package io.catwalk.conformance.v2;

import static io.catwalk.conformance.check.Check.recommended;
import static io.catwalk.conformance.check.Check.required;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.conformance.check.Check;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Probe;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Subject;

/** Requests that {@code infer} refuses, each with a status from 400 to 499 and {@code {"error": ..}}. */
public final class InferRefusalSection {
    private InferRefusalSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "Refusals",
                "KServe, docs/predict-api/v2/required_api.md, Inference, Inference Response JSON Error Object",
                InferApi::offer,
                List.of(
                        refused("JSON that breaks off", model -> "{\"inputs\": [{"),
                        refused("an empty body", model -> ""),
                        refused("a body that is no object", model -> "[]"),
                        refused("a body without inputs", model -> "{}"),
                        refused("no inputs", model -> "{\"inputs\": []}"),
                        refused("inputs that are no array", model -> "{\"inputs\": {\"name\": \"a\"}}"),
                        changed("an input without a name", input -> input.remove("name")),
                        changed("an input without a shape", input -> input.remove("shape")),
                        changed("an input without a datatype", input -> input.remove("datatype")),
                        changed("an input without data", input -> input.remove("data")),
                        changed("an unknown input", input -> input.put("name", "no_such_input")),
                        changed("an unknown datatype", input -> input.put("datatype", "FP31")),
                        refused("BOOL for an input of numbers", InferRefusalSection::bool),
                        changed("less data than the shape says", InferRefusalSection::lessData),
                        changed(
                                "more data than the shape says",
                                input -> data(input).add(data(input).get(0))),
                        refused("a shape that isn't the model's", InferRefusalSection::otherShape),
                        changed(
                                "a negative size in the shape",
                                input -> shape(input).set(0, -1)),
                        changed("a shape of texts", input -> shape(input).set(0, "one")),
                        changed("data that is no array", input -> input.put("data", "0.5")),
                        refused("texts for an input of numbers", InferRefusalSection::texts),
                        refused("an unknown output", model -> {
                            ObjectNode request = InferApi.request(model, 1);
                            InferApi.output(request, "no_such_output");
                            return request.toString();
                        }),
                        refused("the same input twice", model -> {
                            ObjectNode request = InferApi.request(model, 1);
                            request.withArray("inputs")
                                    .add(InferApi.input(request).deepCopy());
                            return request.toString();
                        }),
                        required(
                                "an unknown model: 404",
                                subject -> subject.http()
                                        .post(
                                                "/v2/models/" + Subject.UNKNOWN_MODEL + "/infer",
                                                InferApi.request(subject.model(), 1))
                                        .requireRefusal(404)
                                        .shown()),
                        required(
                                "an unknown version",
                                subject -> subject.http()
                                        .post(
                                                "%s/versions/%s/infer"
                                                        .formatted(
                                                                InferApi.path(subject.model()),
                                                                Subject.UNKNOWN_VERSION),
                                                InferApi.request(subject.model(), 1))
                                        .requireRefusal()
                                        .shown()),
                        required("GET of infer", method("GET")),
                        recommended("PUT of infer", method("PUT")),
                        recommended("DELETE of infer", method("DELETE"))));
    }

    private static Probe method(String method) {
        return subject -> subject.http()
                .method(method, InferApi.path(subject.model()) + "/infer")
                .requireClientError()
                .shown();
    }

    private static Check refused(String name, Function<Model, String> body) {
        return required(
                name,
                subject -> subject.http()
                        .post(InferApi.path(subject.model()) + "/infer", body.apply(subject.model()))
                        .requireRefusal()
                        .shown());
    }

    /** A valid request but for what is changed in its first input. */
    private static Check changed(String name, Consumer<ObjectNode> change) {
        return refused(name, model -> {
            ObjectNode request = InferApi.request(model, 1);
            change.accept(InferApi.input(request));
            return request.toString();
        });
    }

    private static ArrayNode data(ObjectNode input) {
        return input.withArray("data");
    }

    private static ArrayNode shape(ObjectNode input) {
        return input.withArray("shape");
    }

    private static void lessData(ObjectNode input) {
        data(input).remove(0);
    }

    private static String bool(Model model) {
        if (model.inputs().getFirst().datatype() == Datatype.BOOL) {
            throw new NotOfferedException("the model takes BOOL");
        }
        ObjectNode request = InferApi.request(model, 1);
        ObjectNode input = InferApi.input(request).put("datatype", "BOOL");
        int elements = data(input).size();
        ArrayNode data = input.putArray("data");
        for (int element = 0; element < elements; element++) {
            data.add(true);
        }
        return request.toString();
    }

    /** One more in the last dimension that isn't open. */
    private static String otherShape(Model model) {
        List<Long> sizes = model.inputs().getFirst().shape();
        int fixed = sizes.size() - 1;
        if (fixed < 0 || sizes.get(fixed) < 1) {
            throw new NotOfferedException("the model's last dimension is of any size");
        }
        ObjectNode request = InferApi.request(model, 1);
        ObjectNode input = InferApi.input(request);
        shape(input).set(fixed, sizes.get(fixed) + 1);
        int more = data(input).size() / Math.toIntExact(sizes.get(fixed));
        for (int element = 0; element < more; element++) {
            data(input).add(data(input).get(0));
        }
        return request.toString();
    }

    private static String texts(Model model) {
        if (model.inputs().getFirst().datatype() == Datatype.BYTES) {
            throw new NotOfferedException("the model takes BYTES");
        }
        ObjectNode request = InferApi.request(model, 1);
        data(InferApi.input(request)).set(0, "half");
        return request.toString();
    }
}
