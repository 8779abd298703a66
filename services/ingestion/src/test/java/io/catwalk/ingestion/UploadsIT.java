package io.catwalk.ingestion;

import static io.catwalk.ingestion.IntakeStack.TIMEOUT;
import static io.catwalk.ingestion.IntakeStack.TOPIC;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Random;

import io.catwalk.local.ServiceProcess;
import io.catwalk.local.process.FullDisk;
import io.catwalk.objectstore.Digest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Archives that clients send, and the datasets that they become. */
class UploadsIT {
    private static final byte[] ZIP = MadePictures.zip(MadePictures.files(10, 4, 1));
    private static final int MOST = 3 << 20;

    private static IntakeStack stack;
    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        stack = IntakeStack.start(Map.of("CATWALK_INGESTION_PICTURES_MAX_ARCHIVE_SIZE", Integer.toString(MOST)));
        service = stack.startService();
    }

    @AfterAll
    static void stop() {
        service.close();
        stack.close();
    }

    @Test
    void anUploadBecomesADataset() {
        String upload = given().contentType("application/zip")
                .body(ZIP)
                .post(service.at("/uploads"))
                .then()
                .statusCode(201)
                .body("bytes", is(ZIP.length))
                .body("digest", is(Digest.of(ZIP).toString()))
                .extract()
                .path("upload");

        stack.topics().send(TOPIC, IntakeStack.uploaded("of-an-upload", upload));

        IntakeStack.awaitDataset(service, "of-an-upload");
        when().get(service.at("/datasets/of-an-upload"))
                .then()
                .body("manifest.imageShape.channels", is(3))
                .body("manifest.pictures.archive", is(Digest.of(ZIP).toString()));
    }

    @Test
    void anUploadMayBeLargerThanARequestAndComeWithoutALength() throws Exception {
        byte[] large = new byte[MOST];
        new Random(1).nextBytes(large);

        HttpResponse<String> answer = send("/uploads", "application/octet-stream", large);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(JsonPath.from(answer.body()).getInt("bytes")).isEqualTo(MOST);
        assertThat(send("/datasets", "application/json", new byte[2 << 20]).statusCode())
                .isEqualTo(413);
        given().contentType("application/json")
                .body(new byte[2 << 20])
                .post(service.at("/datasets"))
                .then()
                .statusCode(413);
    }

    @Test
    void whatIsTooLargeOrNoArchiveIsRefused() throws Exception {
        byte[] large = new byte[MOST + 1];

        given().contentType("application/zip")
                .body(large)
                .post(service.at("/uploads"))
                .then()
                .statusCode(413)
                .body("error", startsWith("the body has more than " + MOST + " bytes"));
        assertThat(send("/uploads", "application/zip", large).statusCode()).isEqualTo(413);
        given().contentType("text/plain")
                .body("a,b")
                .post(service.at("/uploads"))
                .then()
                .statusCode(415);
        given().contentType("application/json")
                .body(IntakeStack.uploaded("none", "unknown"))
                .post(service.at("/datasets"))
                .then()
                .statusCode(202);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at("/datasets/none"))
                        .then()
                        .statusCode(200)
                        .body(
                                "newest.reason",
                                startsWith("source.upload is \"unknown\", must be one that isn't deleted")));
        assertThat(stack.work()).isEmptyDirectory();
    }

    @Test
    void aCutUploadLeavesNothing() throws IOException {
        URI uri = service.at("/uploads");
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /uploads HTTP/1.1\r\nHost: " + uri.getAuthority()
                            + "\r\nContent-Type: application/zip\r\nContent-Length: " + MOST + "\r\n\r\n")
                    .getBytes(US_ASCII));
            out.write(new byte[1 << 20]);
            out.flush();
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(stack.work()).isNotEmptyDirectory());
        }

        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(stack.work()).isEmptyDirectory());
    }

    @Tag("fault-23")
    @Test
    void anUploadThatTheDiskHasNoRoomForIsRefusedUntilThereIs() {
        FullDisk.during(
                service.pid(),
                () -> given().contentType("application/zip")
                        .body(ZIP)
                        .post(service.at("/uploads"))
                        .then()
                        .statusCode(503)
                        .body("error", is("no room for the upload now; try again later")));

        assertThat(stack.work()).isEmptyDirectory();
        given().contentType("application/zip")
                .body(ZIP)
                .post(service.at("/uploads"))
                .then()
                .statusCode(201);
    }

    /** In chunks. */
    private static HttpResponse<String> send(String path, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.at(path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
