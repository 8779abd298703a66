package io.catwalk.system.open;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.events.EventType;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.system.BarPictures;
import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import org.junit.jupiter.api.Test;

/** From a zip of pictures that is uploaded to a model that names the classes of pictures like them. */
class PicturesIT {
    private static final String NAME = "own-pictures";

    @Test
    void anUploadedZipIsTrainedOnAndItsModelServed() {
        Pipeline pipeline = SharedPipelines.open();
        String upload = given().contentType("application/zip")
                .body(BarPictures.zip(40, 5))
                .post(pipeline.ingestion("/uploads"))
                .then()
                .statusCode(201)
                .extract()
                .path("upload");
        pipeline.send("dataset-requested", """
                {"dataset":"%s","source":{"upload":"%s"},"pictures":{"height":28,"width":28,"channels":3,"testShare":0.2}}""".formatted(NAME, upload));
        pipeline.send("training-requested", """
                {"dataset":"%s","model":"%s","network":"tutorial-cnn","epochs":8,"batchSize":32,"seed":42,
                 "gate":{"minTestAccuracy":0.5}}""".formatted(NAME, NAME));

        DatasetReady ready = pipeline.topics()
                .await(EventType.DATASET_READY, event -> event.getDataset().equals(NAME))
                .payload();
        ModelPublished published = pipeline.topics()
                .await(EventType.MODEL_PUBLISHED, event -> event.getModel().equals(NAME))
                .payload();

        assertThat(ready.getImageShapeList()).containsExactly(28, 28, 3);
        assertThat(ready.getTestCount()).isEqualTo(80);
        assertThat(published.getModel()).isEqualTo(NAME);
        pipeline.awaitServed(NAME, 1);
        given().urlEncodingEnabled(false)
                .contentType("image/png")
                .body(BarPictures.png(3))
                .post(pipeline.serving("/v1/models/" + NAME + ":classify-image"))
                .then()
                .statusCode(200)
                .body("predictions[0].label", is("bar-3"));
        when().get(pipeline.ingestion("/datasets/" + NAME + "/report"))
                .then()
                .body("pictures", is(400))
                .body("duplicates.testInTrain", is(0));
    }
}
