package io.catwalk.conformance.grpc;

import static io.catwalk.conformance.check.Check.required;

import java.util.List;

import io.catwalk.conformance.check.DeviationException;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.check.Shown;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Outputs;
import io.catwalk.conformance.model.Subject;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.catwalk.protocol.inference.ModelInferResponse;

/** {@code ModelInfer} of valid requests. */
public final class GrpcInferSection {
    private static final String ID = "conformance-42";

    private GrpcInferSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_GRPC,
                "Inference",
                "KServe, docs/predict-api/v2/grpc_predict_v2.proto, ModelInfer",
                InferCall::offer,
                List.of(
                        required("typed contents are answered", subject -> full(infer(subject, typed(subject, 2)))),
                        required(
                                "raw contents are answered",
                                subject -> full(infer(subject, InferCall.raw(subject.model(), 2)))),
                        required(
                                "both have equal answers",
                                subject -> Outputs.requireEqual(
                                        InferCall.outputs(infer(subject, InferCall.raw(subject.model(), 2))),
                                        InferCall.outputs(infer(subject, typed(subject, 2))),
                                        "raw and typed contents")),
                        required("a row of a batch has the answer that it has alone", GrpcInferSection::alone),
                        required("the answer names the model", subject -> {
                            ModelInferResponse answer = infer(subject, InferCall.raw(subject.model(), 1));
                            return require(
                                    answer.getModelName().equals(subject.model().name()),
                                    "model_name " + answer.getModelName());
                        }),
                        required("id is echoed", subject -> {
                            ModelInferResponse answer = infer(
                                    subject,
                                    InferCall.raw(subject.model(), 1).toBuilder()
                                            .setId(ID)
                                            .build());
                            return require(answer.getId().equals(ID), "id " + answer.getId());
                        }),
                        required("requested outputs are answered, and no others", GrpcInferSection::requested),
                        required("a version infers", subject -> {
                            ModelInferRequest request = InferCall.raw(subject.model(), 1).toBuilder()
                                    .setModelVersion(subject.version())
                                    .build();
                            return full(infer(subject, request));
                        })));
    }

    private static ModelInferResponse infer(Subject subject, ModelInferRequest request) {
        return InferCall.infer(subject, request);
    }

    private static ModelInferRequest typed(Subject subject, int rows) {
        Model model = subject.model();
        if (model.inputs().stream().anyMatch(input -> !input.datatype().hasJsonForm())) {
            throw new NotOfferedException("an input's datatype can come only raw");
        }
        return InferCall.typed(model, rows);
    }

    private static String full(ModelInferResponse answer) {
        InferCall.outputs(answer).forEach(Output::requireFull);
        return Shown.of(answer.toString());
    }

    private static String require(boolean condition, String seen) {
        if (!condition) {
            throw new DeviationException(seen);
        }
        return seen;
    }

    private static String alone(Subject subject) {
        subject.requireBatches();
        List<Output> three = InferCall.outputs(infer(subject, InferCall.raw(subject.model(), 3)));
        List<Output> one = InferCall.outputs(infer(subject, InferCall.raw(subject.model(), 1)));
        return Outputs.requireEqual(
                three.stream().map(output -> output.rows(0, 1)).toList(), one, "the first row of three, and it alone");
    }

    private static String requested(Subject subject) {
        ModelInferRequest request = InferCall.raw(subject.model(), 1);
        String name = infer(subject, request).getOutputs(0).getName();
        ModelInferResponse answer = infer(
                subject,
                request.toBuilder()
                        .addOutputs(InferRequestedOutputTensor.newBuilder().setName(name))
                        .build());
        require(
                answer.getOutputsCount() == 1 && answer.getOutputs(0).getName().equals(name),
                "expected " + name + " alone, were " + answer.getOutputsCount() + " outputs");
        return full(answer);
    }
}
