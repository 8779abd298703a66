package io.catwalk.ingestion;

import static io.catwalk.ingestion.IntakeStack.TIMEOUT;
import static io.catwalk.ingestion.IntakeStack.TOPIC;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.local.ServiceProcess;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Archives of pictures become datasets, whatever dies meanwhile. */
class PicturesIT {
    private static final Map<String, byte[]> FILES = MadePictures.files(10, 4, 1);
    private static final List<String> SEAMS = List.of("pictures.decode.after@1", "manifest.put.after@1");
    private static final List<String> OTHER_SEAMS =
            List.of("archive.copy.after@1", "blob.put.after@2", "manifest.put.before@1");

    private static IntakeStack stack;

    @BeforeAll
    static void start() {
        // A victim may take up what earlier ones left, and die of that.
        stack = IntakeStack.start(Map.of("CATWALK_JOBS_MAX_LOST", Integer.toString(2 * OTHER_SEAMS.size())));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void anArchiveIsIngestedAsIfNothingHadBeenKilled() {
        dieAtEach(SEAMS, "undisturbed");

        try (ServiceProcess service = stack.startService()) {
            when().get(service.at("/datasets/undisturbed"))
                    .then()
                    .body("manifest.schema", is(2))
                    .body("manifest.labelNames", is(List.of("dark", "light")))
                    .body("links.report", is("/datasets/undisturbed/report"));
            when().get(service.at("/datasets/undisturbed/report"))
                    .then()
                    .statusCode(200)
                    .contentType(ContentType.JSON)
                    .body("pictures", is(20))
                    .body("classes[1].name", is("light"))
                    .body("duplicates.repeated", is(0));
            refuses(service);
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(stack.work()).isEmptyDirectory());
        }
    }

    @Tag("soak")
    @Test
    void anArchiveIsIngestedAsIfNothingHadBeenKilledAtOtherSeams() {
        dieAtEach(OTHER_SEAMS, "undisturbed-too");
    }

    private static void dieAtEach(List<String> seams, String undisturbed) {
        byte[] zip = MadePictures.zip(FILES);
        seams.forEach(seam -> dieAt(seam, stack.pictures(name(seam), zip)));
        try (ServiceProcess service = stack.startService()) {
            stack.topics().send(TOPIC, stack.pictures(undisturbed, zip));
            IntakeStack.awaitDataset(service, undisturbed);
            String digest = digest(service, undisturbed);
            for (String seam : seams) {
                IntakeStack.awaitDataset(service, name(seam));
                assertThat(digest(service, name(seam))).as(seam).isEqualTo(digest);
            }
        }
    }

    private static void refuses(ServiceProcess service) {
        Map<String, byte[]> files = new LinkedHashMap<>(FILES);
        files.put("dark/notes.txt", new byte[10]);
        stack.topics().send(TOPIC, stack.pictures("unread", MadePictures.zip(files)));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at("/datasets/unread"))
                        .then()
                        .statusCode(200)
                        .body("newest.state", is("rejected"))
                        .body("newest.reason", startsWith("1 of 21 files can't be read")));
        when().get(service.at("/datasets/unread/report")).then().statusCode(404);
        given().contentType(ContentType.JSON)
                .body(stack.pictures("wrong", new byte[0]).replace("\"channels\":1", "\"channels\":2"))
                .post(service.at("/datasets"))
                .then()
                .statusCode(400)
                .body("error", startsWith("pictures.channels is 2, must be one of 1, 3"));
    }

    private static void dieAt(String seam, String request) {
        try (ServiceProcess victim = stack.startService(Map.of("CATWALK_FAILPOINT", seam))) {
            stack.topics().send(TOPIC, request);
            await(seam).atMost(TIMEOUT).until(() -> victim.failure().isPresent());
        }
    }

    private static String name(String seam) {
        return seam.replace('@', '-');
    }

    private static String digest(ServiceProcess service, String dataset) {
        return when().get(service.at("/datasets/" + dataset)).jsonPath().getString("newest.digest");
    }
}
