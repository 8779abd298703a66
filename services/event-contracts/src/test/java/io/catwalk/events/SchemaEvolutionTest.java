package io.catwalk.events;

import static io.catwalk.events.EventType.TRAINING_FAILED;
import static io.catwalk.events.EventType.TRAINING_REQUESTED;
import static io.catwalk.events.Records.DECODER;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.catwalk.training.v1.FailureKind;
import io.catwalk.training.v1.TrainingFailed;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Versions N-1, N and N+1 of a producer beside each other: each is read. */
class SchemaEvolutionTest {
    private static final UnknownFieldSet LATER_FIELDS = UnknownFieldSet.newBuilder()
            .addField(
                    900,
                    UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("later"))
                            .build())
            .addField(901, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
            .build();
    private static final TrainingRequested REQUEST = TrainingRequested.newBuilder()
            .setDataset("d")
            .setModel("m")
            .setEpochs(5)
            .build();

    @Tag("fault-29")
    @Test
    void protobufWithLaterFieldsIsRead() {
        Event<TrainingRequested> event = DECODER.decode(
                TRAINING_REQUESTED,
                Records.binary(TRAINING_REQUESTED, "application/protobuf")
                        .value(REQUEST.toBuilder()
                                .setUnknownFields(LATER_FIELDS)
                                .build()
                                .toByteArray())
                        .consumed());

        assertThat(event.payload().getEpochs()).isEqualTo(5);
        assertThat(event.payload().getUnknownFields()).isEqualTo(LATER_FIELDS);
        assertThat(RequestDigest.of(event.payload())).isEqualTo(RequestDigest.of(REQUEST));
    }

    @Tag("fault-29")
    @Test
    void eventOfAnEarlierVersionHasNoLaterFields() {
        Event<TrainingRequested> event = DECODER.decode(
                TRAINING_REQUESTED,
                Records.binary(TRAINING_REQUESTED, "application/protobuf")
                        .value(TrainingRequested.newBuilder()
                                .setDataset("d")
                                .setModel("m")
                                .build()
                                .toByteArray())
                        .consumed());

        assertThat(event.payload().hasGate()).isFalse();
    }

    @Test
    void laterKindsOfFailureAreFailuresStill() {
        byte[] later = TrainingFailed.newBuilder()
                .setRunId("r1")
                .setModel("m")
                .setKindValue(99)
                .build()
                .toByteArray();

        assertThat(DECODER.decode(
                                TRAINING_FAILED,
                                Records.binary(TRAINING_FAILED, "application/protobuf")
                                        .value(later)
                                        .consumed())
                        .payload()
                        .getKind())
                .isEqualTo(FailureKind.UNRECOGNIZED);
        assertThat(DECODER.decode(
                                TRAINING_FAILED,
                                Records.binary(TRAINING_FAILED, "application/json")
                                        .value("""
                                        {"runId":"r1","model":"m","kind":"FAILURE_KIND_LATER"}""")
                                        .consumed())
                        .payload()
                        .getKind())
                .isEqualTo(FailureKind.FAILURE_KIND_UNSPECIFIED);
    }
}
