package io.catwalk.serving.protocol.tfs;

import com.google.protobuf.Int64Value;
import io.catwalk.protocol.tensorflow.serving.ModelSpec;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.protocol.grpc.Versions;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.registry.ModelVersion;

/** The models that messages name. */
final class ModelSpecs {
    private ModelSpecs() {}

    /** @throws RefusedException with {@code BAD_INPUT} for a bad version, and another signature than the model's */
    static ModelReference reference(ModelSpec spec) {
        String signature = spec.getSignatureName();
        if (!signature.isEmpty() && !signature.equals(Signature.NAME)) {
            throw RefusedException.badInput(
                    "model_spec.signature_name must be " + Signature.NAME + ", the model has no other");
        }
        return switch (spec.getVersionChoiceCase()) {
            case VERSION -> Versions.of(spec.getName(), spec.getVersion().getValue(), "model_spec.version");
            case VERSION_LABEL -> new ModelReference.Labelled(spec.getName(), spec.getVersionLabel());
            case VERSIONCHOICE_NOT_SET -> new ModelReference.Stable(spec.getName());
        };
    }

    /** Names what answered. */
    static ModelSpec of(ModelVersion version) {
        return ModelSpec.newBuilder()
                .setName(version.model().value())
                .setVersion(Int64Value.of(version.version()))
                .setSignatureName(Signature.NAME)
                .build();
    }
}
