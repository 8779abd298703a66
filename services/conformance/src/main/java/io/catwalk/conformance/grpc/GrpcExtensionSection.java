package io.catwalk.conformance.grpc;

import static io.catwalk.conformance.check.Check.required;

import java.util.List;

import io.catwalk.conformance.check.DeviationException;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.check.Shown;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Subject;
import io.catwalk.protocol.inference.InferParameter;
import io.catwalk.protocol.inference.ModelConfigRequest;
import io.catwalk.protocol.inference.ModelConfigResponse;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.catwalk.protocol.inference.ModelInferResponse;
import io.catwalk.protocol.inference.ModelStatistics;
import io.catwalk.protocol.inference.ModelStatisticsRequest;
import io.catwalk.protocol.inference.RepositoryIndexRequest;
import io.catwalk.protocol.inference.RepositoryIndexResponse.ModelIndex;

/** Triton's extensions over gRPC, each of which a server may leave out. */
public final class GrpcExtensionSection {
    private static final int TOP = 2;

    private GrpcExtensionSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_GRPC,
                "Extensions",
                "Triton, docs/protocol, extension_statistics.md, _model_repository.md, _model_configuration.md, _classification.md",
                InferCall::offer,
                List.of(
                        required("ModelStatistics counts a success", GrpcExtensionSection::statistics),
                        required("RepositoryIndex lists the model as READY", GrpcExtensionSection::index),
                        required("ModelConfig names the model and its tensors", GrpcExtensionSection::configuration),
                        required("classification answers value:index[:label]", GrpcExtensionSection::classification)));
    }

    private static long successes(Subject subject) {
        ModelStatisticsRequest request = ModelStatisticsRequest.newBuilder()
                .setName(subject.model().name())
                .build();
        return subject.grpc().offered(stub -> stub.modelStatistics(request)).getModelStatsList().stream()
                .map(ModelStatistics::getInferenceStats)
                .mapToLong(statistics -> statistics.getSuccess().getCount())
                .sum();
    }

    private static String statistics(Subject subject) {
        long before = successes(subject);
        InferCall.infer(subject, InferCall.raw(subject.model(), 1));
        long after = successes(subject);
        if (after <= before) {
            throw new DeviationException("expected more than %d successes, were %d".formatted(before, after));
        }
        return before + " -> " + after;
    }

    private static String index(Subject subject) {
        List<ModelIndex> models = subject.grpc()
                .offered(stub -> stub.repositoryIndex(RepositoryIndexRequest.getDefaultInstance()))
                .getModelsList();
        return models.stream()
                .filter(entry -> entry.getName().equals(subject.model().name())
                        && entry.getState().equals("READY"))
                .findFirst()
                .map(entry -> Shown.of(entry.toString()))
                .orElseThrow(() ->
                        new DeviationException("expected the model as READY, was " + Shown.of(models.toString())));
    }

    private static String configuration(Subject subject) {
        ModelConfigRequest request =
                ModelConfigRequest.newBuilder().setName(subject.model().name()).build();
        ModelConfigResponse answer = subject.grpc().offered(stub -> stub.modelConfig(request));
        if (!answer.getConfig().getName().equals(subject.model().name())
                || answer.getConfig().getInputCount() == 0
                || answer.getConfig().getOutputCount() == 0) {
            throw new DeviationException("expected the model's name and tensors, was " + Shown.of(answer.toString()));
        }
        return Shown.of(answer.toString());
    }

    private static String classification(Subject subject) {
        ModelInferRequest request = InferCall.raw(subject.model(), 1);
        String name = InferCall.infer(subject, request).getOutputs(0).getName();
        ModelInferResponse answer = subject.grpc()
                .offered(stub -> stub.modelInfer(request.toBuilder()
                        .addOutputs(InferRequestedOutputTensor.newBuilder()
                                .setName(name)
                                .putParameters(
                                        "classification",
                                        InferParameter.newBuilder()
                                                .setInt64Param(TOP)
                                                .build()))
                        .build()));
        if (!answer.getOutputs(0).getDatatype().equals("BYTES")) {
            throw new NotOfferedException(Shown.of(answer.toString()));
        }
        Output classes = InferCall.outputs(answer).getFirst();
        boolean sound = classes.elements().size() == TOP
                && classes.elements().stream().allMatch(text -> text.toString().matches("[-+.0-9eE]+:[0-9]+(:.*)?"));
        if (!sound) {
            throw new DeviationException(
                    "expected %d of value:index[:label], was %s".formatted(TOP, classes.elements()));
        }
        return classes.elements().toString();
    }
}
