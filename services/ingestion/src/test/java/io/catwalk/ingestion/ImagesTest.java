package io.catwalk.ingestion;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The images of the catalogue's dataset: 3 to validate on and 9 to train on in one file, 4 to test in another. */
@QuarkusTest
@TestProfile(IngestionServiceTest.InMemory.class)
class ImagesTest {
    private static final Map<String, byte[]> FILES = TinyDataset.files(1);
    private static final int HEADER = 16;
    private static final int IMAGE = 9;

    private String digest = "";

    @BeforeEach
    void awaitCatalogue() {
        await().ignoreExceptions()
                .untilAsserted(() -> when().get("/datasets/tiny").then().statusCode(200));
        digest = when().get("/datasets/tiny").path("newest.digest");
    }

    @ParameterizedTest
    @CsvSource({
        "validation, 2, train-images-idx3-ubyte, 2",
        "train, 0, train-images-idx3-ubyte, 3",
        "train, 8, train-images-idx3-ubyte, 11",
        "test, 0, t10k-images-idx3-ubyte, 0",
        "test, 3, t10k-images-idx3-ubyte, 3"
    })
    void givesAnImageOfAnySplitAsItsFileHasIt(String split, int index, String file, int place) throws IOException {
        Response answer = when().get("/datasets/tiny/images/%s/%d.png".formatted(split, index));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("image/png");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.asByteArray()));
        int from = HEADER + place * IMAGE;
        assertThat(picture.getRaster().getDataElements(0, 0, 3, 3, null))
                .isEqualTo(Arrays.copyOfRange(FILES.get(file), from, from + IMAGE));
    }

    @Test
    void anImageOfOneContentMayBeKeptAndThatOfTheNewestIsAskedForAgain() {
        String path = "/datasets/tiny/images/test/1.png";
        String tag = when().get(path)
                .then()
                .header("Cache-Control", is("private, no-cache"))
                .extract()
                .header("ETag");
        assertThat(tag).isEqualTo("\"%s/test/1\"".formatted(digest));
        given().header("If-None-Match", tag)
                .get(path)
                .then()
                .statusCode(304)
                .header("ETag", is(tag))
                .header("Cache-Control", is("private, no-cache"));
        given().header("If-None-Match", "\"other\"").get(path).then().statusCode(200);
        when().get(path + "?digest=" + digest)
                .then()
                .statusCode(200)
                .header("ETag", is(tag))
                .header("Cache-Control", is("private, max-age=31536000, immutable"));
    }

    @Test
    void listsImagesWithTheirLabels() {
        when().get("/datasets/tiny/images/train")
                .then()
                .statusCode(200)
                .body("dataset", is("tiny"))
                .body("digest", is(digest))
                .body("split", is("train"))
                .body("total", is(9))
                .body("images.index", equalTo(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8)))
                .body("images.label", equalTo(List.of(1, 0, 1, 0, 1, 0, 1, 0, 1)))
                .body("images[4].picture", is("/datasets/tiny/images/train/4.png?digest=" + digest))
                .header("Link", nullValue());
    }

    @Test
    void leadsFromPageToPageOfOneClass() {
        String first = "/datasets/tiny/images/train?label=1&limit=2";
        String next = when().get(first)
                .then()
                .body("images.index", equalTo(List.of(0, 2)))
                .extract()
                .header("Link");
        assertThat(next)
                .isEqualTo("</datasets/tiny/images/train?digest=%s&label=1&limit=2&after=2>; rel=\"next\""
                        .formatted(digest));
        String last = when().get(address(next))
                .then()
                .body("images.index", equalTo(List.of(4, 6)))
                .extract()
                .header("Link");
        when().get(address(last))
                .then()
                .body("images.index", equalTo(List.of(8)))
                .header("Link", nullValue());
        when().get("/datasets/tiny/images/test?label=7").then().statusCode(200).body("images", equalTo(List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/datasets/absent/images/test/0.png | 404 | no dataset with ready content has that name",
                "/datasets/A%20b/images/test | 404 | no dataset with ready content has that name",
                "/datasets/tiny/images/tests/0.png | 404 | split is \"tests\", must be train, validation or test",
                "/datasets/tiny/images/TEST | 404 | split is \"TEST\", must be train, validation or test",
                "/datasets/tiny/images/test/4.png | 400 | index is 4, must be 0 to 3",
                "/datasets/tiny/images/test/-1.png | 400 | index is -1, must be 0 to 3",
                "/datasets/tiny/images/test/x.png | 400 | index is \"x\", must be 0 to 3",
                "/datasets/tiny/images/test/0.png?digest=x | 404 | digest is \"x\", must be that of a content of dataset tiny",
                "/datasets/tiny/images/test?label=256 | 400 | label is 256, must be 0 to 255",
                "/datasets/tiny/images/test?limit=0 | 400 | limit is 0, must be 1 to 1000",
                "/datasets/tiny/images/test?after=4 | 400 | after is 4, must be 0 to 3"
            })
    void namesWhatIsWrong(String path, int status, String error) {
        given().urlEncodingEnabled(false).get(path).then().statusCode(status).body("error", startsWith(error));
    }

    private static String address(String link) {
        return link.substring(1, link.indexOf('>'));
    }
}
