package io.catwalk.ingestion;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;

import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the routes answer: to bad requests, of unknown things, of what can't be read. */
@QuarkusTest
@TestProfile(IngestionServiceTest.InMemory.class)
class IngestionHttpTest {
    @Inject
    InMemoryStore store;

    @BeforeEach
    void awaitCatalogue() {
        await().ignoreExceptions()
                .untilAsserted(() -> when().get("/datasets/tiny").then().statusCode(200));
    }

    @Test
    void anAcceptedRequestIsFoundAtOnceAndAUsedIdIsAConflict() {
        String request = "{\"ingestionId\": \"used-1\", \"dataset\": \"used\", \"source\": {\"folder\": \"%s\"}}";
        String location =
                post(request.formatted("/first")).statusCode(202).extract().header("Location");
        when().get(location).then().statusCode(200).body("request.dataset", is("used"));
        post(request.formatted("/first")).statusCode(202);
        post(request.formatted("/second")).statusCode(409).body("error", containsString("choose another id"));
        given().post("/ingestions/unheard/cancel").then().statusCode(404);
        when().get("/ingestions/unheard").then().statusCode(404);
        when().get("/ingestions?limit=1000").then().body("ingestionId", not(hasItem("unheard")));
    }

    @Test
    void misspeltFieldsAreRefusedWithTheirPath() {
        String request = "{\"ingestionId\": \"misspelt\", \"dataset\": \"m\", %s}";
        post(request.formatted("\"source\": {\"folder\": \"/a\"}, \"labels\": [\"a\", \"b\"]"))
                .statusCode(400)
                .body("error", is("labels is not a field of a dataset request; did you mean labelNames?"));
        post(request.formatted("\"source\": {\"foldr\": \"/a\"}"))
                .statusCode(400)
                .body("error", is("source.foldr is not a field of a dataset request; did you mean folder?"));
        when().get("/ingestions/misspelt").then().statusCode(404);
    }

    @Test
    void badRequestsAreRefusedByField() {
        post("{\"dataset\": \"tiny\"}").statusCode(400).body("error", startsWith("source is missing"));
        post("{\"dataset\": \"../x\", \"source\": {\"folder\": \"/a\"}}")
                .statusCode(400)
                .body("error", startsWith("dataset is \"../x\""));
        post("{\"dataset\": \"tiny\", \"source\": {\"url\": \"file:///etc/passwd\"}}")
                .statusCode(400)
                .body("error", startsWith("source.url is"));
        post("{\"dataset\": \"tiny\", \"validationSize\": 0, \"source\": {\"folder\": \"/a\"}}")
                .statusCode(400)
                .body("error", startsWith("validationSize is 0"));
        post("{\"dataset\": \"tiny\", \"source\": {\"folder\": \"/" + "s".repeat(300) + "\"}}")
                .statusCode(400)
                .body("error", startsWith("source.folder is \"/sss"))
                .body("error", containsString("at most 255 bytes"));
        post("nonsense").statusCode(400).body("error", startsWith("value"));
        given().contentType(ContentType.JSON)
                .post("/datasets")
                .then()
                .statusCode(400)
                .body("error", startsWith("value"));
        given().contentType(ContentType.TEXT).body("x").post("/datasets").then().statusCode(415);
    }

    @Test
    void unknownThingsAreNotFound() {
        for (String path :
                List.of("/datasets/absent", "/datasets/absent/samples.png", "/ingestions/absent", "/datasets/A%20b")) {
            when().get(path).then().statusCode(404).body("error", startsWith("no "));
        }
    }

    @Test
    void aStoreThatIsAwayIsSaidSo() {
        store.watched().goAway(true);
        try {
            when().get("/datasets").then().statusCode(503).body("error", is("the store is unavailable; try again"));
        } finally {
            store.watched().goAway(false);
        }
    }

    @Test
    void aJournalThatCannotBeReadHidesNoOther() {
        ObjectKey entry = Artifacts.datasetJournal(new Name("damaged")).key("00000001.json");
        store.watched().put(entry, "no entry".getBytes(UTF_8));
        try {
            when().get("/datasets")
                    .then()
                    .statusCode(200)
                    .body("find { it.dataset == 'damaged' }.state", is("unreadable"))
                    .body("find { it.dataset == 'damaged' }.reason", containsString("isn't a known Entry"))
                    .body("find { it.dataset == 'tiny' }.state", is("ready"));
            when().get("/datasets/damaged").then().statusCode(200).body("newest.state", is("unreadable"));
            when().get("/datasets?limit=1&after=damagec")
                    .then()
                    .body("dataset", equalTo(List.of("damaged")))
                    .header("Link", "</datasets?limit=1&after=damaged>; rel=\"next\"");
            when().get("/datasets?limit=0").then().statusCode(400).body("error", is("limit is 0, must be 1 to 1000"));
            given().post("/republish").then().statusCode(200).body("unreadable", equalTo(List.of("datasets/damaged")));
        } finally {
            store.watched().delete(entry);
        }
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/datasets")
                .then();
    }
}
