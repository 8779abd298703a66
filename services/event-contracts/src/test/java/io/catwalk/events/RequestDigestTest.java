package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;

class RequestDigestTest {
    private static final TrainingRequested REQUEST =
            TrainingRequested.newBuilder().setDataset("d").setModel("m").build();

    @Test
    void isTheHashOfTheCanonicalForm() {
        assertThat(RequestDigest.of(REQUEST))
                .isEqualTo("sha256:0ea5dd62d9204e1531fbd76da0b1ba08e9c33852dfcb353e421a727cfb49b31b");
    }

    @Test
    void givingADefaultIsAnotherRequestThanLeavingItOut() {
        assertThat(RequestDigest.of(REQUEST.toBuilder().setEpochs(200).build()))
                .isNotEqualTo(RequestDigest.of(REQUEST));
    }

    @Test
    void orderAndSpellingOfJsonDoNotMatter() {
        byte[] other = """
                {"epochs": 5.0, "model": "m", "batch_size": "128", "dataset": "d", "deadline": null}""".getBytes();

        assertThat(RequestDigest.of(EventJson.read(EventType.TRAINING_REQUESTED, other)))
                .isEqualTo(RequestDigest.of(
                        REQUEST.toBuilder().setEpochs(5).setBatchSize(128).build()));
    }
}
