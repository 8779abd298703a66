package io.catwalk.conformance;

import java.util.List;

import io.catwalk.conformance.agreement.AgreementSection;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.grpc.GrpcExtensionSection;
import io.catwalk.conformance.grpc.GrpcInferSection;
import io.catwalk.conformance.grpc.GrpcRefusalSection;
import io.catwalk.conformance.grpc.GrpcServerSection;
import io.catwalk.conformance.v1.KserveSection;
import io.catwalk.conformance.v1.MetadataSection;
import io.catwalk.conformance.v1.PredictRefusalSection;
import io.catwalk.conformance.v1.PredictSection;
import io.catwalk.conformance.v1.StatusSection;
import io.catwalk.conformance.v2.BinarySection;
import io.catwalk.conformance.v2.ClassificationSection;
import io.catwalk.conformance.v2.ConfigurationSection;
import io.catwalk.conformance.v2.DatatypeSection;
import io.catwalk.conformance.v2.HttpSection;
import io.catwalk.conformance.v2.InferRefusalSection;
import io.catwalk.conformance.v2.InferSection;
import io.catwalk.conformance.v2.ModelSection;
import io.catwalk.conformance.v2.RepositorySection;
import io.catwalk.conformance.v2.ServerSection;
import io.catwalk.conformance.v2.StatisticsSection;

/** All sections, in the order of the report. */
public final class Suite {
    private Suite() {}

    public static List<Section> sections() {
        return List.of(
                StatusSection.section(),
                MetadataSection.section(),
                PredictSection.section(),
                PredictRefusalSection.section(),
                KserveSection.section(),
                ServerSection.section(),
                ModelSection.section(),
                InferSection.section(),
                InferRefusalSection.section(),
                DatatypeSection.section(),
                HttpSection.section(),
                BinarySection.section(),
                ClassificationSection.section(),
                StatisticsSection.section(),
                RepositorySection.section(),
                ConfigurationSection.section(),
                GrpcServerSection.section(),
                GrpcInferSection.section(),
                GrpcRefusalSection.section(),
                GrpcExtensionSection.section(),
                AgreementSection.section());
    }
}
