package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.TinyModel;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.registry.Promotion;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ServiceProfile.class)
class DatatypesHttpTest {
    private static final int SIDE = 28;
    private static final int PIXELS = SIDE * SIDE;
    private static final int STRIP = 3;
    private static final String ROUTE = "/v2/models/fashion/infer";

    @Inject
    PublishedModels models;

    @Inject
    ModelRegistry registry;

    @Inject
    Blobs blobs;

    @BeforeEach
    void serveFashion() {
        RestAssured.urlEncodingEnabled = false;
        models.serve("fashion", 1, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "BF16", "FP32", "FP64"
            })
    void everyDatatypeGivesTheSameAnswerAsFloat32(String datatype) {
        int[] pixels = new Random(7).ints(PIXELS, 0, 128).toArray();
        float[] images = new float[PIXELS];
        ByteBuffer binary = ByteBuffer.allocate(PIXELS * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        String[] texts = new String[PIXELS];
        for (int index = 0; index < PIXELS; index++) {
            boolean integer = datatype.contains("INT");
            images[index] = integer ? pixels[index] / 255f : pixels[index] / 128f;
            texts[index] = integer ? Integer.toString(pixels[index]) : Float.toString(images[index]);
            put(binary, datatype, pixels[index], images[index]);
        }
        List<Float> expected = probabilities(json("FP32", "[1,784]", Arrays.toString(images)));

        assertThat(probabilities(binary("[1,28,28,1]", datatype, Arrays.copyOf(binary.array(), binary.position()))))
                .isEqualTo(expected);
        for (String data : List.of("[" + String.join(",", texts) + "]", "[[" + String.join(",", texts) + "]]")) {
            Response response = json(datatype, "[1,784]", data);
            if (datatype.equals("FP16") || datatype.equals("BF16")) {
                response.then()
                        .statusCode(400)
                        .body(
                                "error",
                                equalTo("inputs[0].data can't be JSON, as its datatype is " + datatype
                                        + ", which is for binary tensor data only"));
            } else {
                assertThat(probabilities(response)).isEqualTo(expected);
            }
        }
    }

    private static void put(ByteBuffer binary, String datatype, int pixel, float value) {
        switch (datatype) {
            case "UINT8", "INT8" -> binary.put((byte) pixel);
            case "UINT16", "INT16" -> binary.putShort((short) pixel);
            case "UINT32", "INT32" -> binary.putInt(pixel);
            case "UINT64", "INT64" -> binary.putLong(pixel);
            case "FP16" -> binary.putShort(Float.floatToFloat16(value));
            case "BF16" -> binary.putShort((short) (Float.floatToIntBits(value) >>> 16));
            case "FP32" -> binary.putFloat(value);
            case "FP64" -> binary.putDouble(value);
            default -> throw new IllegalArgumentException(datatype);
        }
    }

    @Test
    void refusesAValueOutsideItsRange() {
        byte[] doubles = ByteBuffer.allocate(PIXELS * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(5 * Double.BYTES, Double.NaN)
                .array();

        binary("[1,784]", "FP64", doubles)
                .then()
                .statusCode(400)
                .body(
                        "error",
                        equalTo("inputs[0] must hold finite float32 numbers, as its datatype is FP64, value 5 is NaN"));
        json("BOOL", "[1,784]", "[1]")
                .then()
                .statusCode(400)
                .body("error", startsWith("inputs[0].datatype must be one of UINT8, "));
    }

    @Test
    void classifiesPicturesAsClassifyImageDoes() throws IOException {
        List<byte[]> pictures = List.of(
                encoded(strip(STRIP), "png"),
                encoded(noise(SIDE, SIDE), "jpg"),
                encoded(noise(100, 50), "png"),
                encoded(strip(7), "jpg"));
        List<Float> expected = pictures.stream()
                .flatMap(picture -> classified(picture).stream())
                .toList();

        for (String shape : List.of("[4]", "[4,1]")) {
            Response binary = binary(shape, "BYTES", elements(pictures));
            binary.then().statusCode(200).body("outputs[0].shape", contains(4, 10));
            assertClose(probabilities(binary), expected);
        }
        assertClose(probabilities(json("BYTES", "[4]", strings(pictures, "", ""))), expected);
        assertClose(probabilities(json("BYTES", "[4,1]", strings(pictures, "[", "]"))), expected);
    }

    /** A batch's sums may be rounded otherwise than a single picture's. */
    private static void assertClose(List<Float> probabilities, List<Float> expected) {
        assertThat(probabilities).hasSameSizeAs(expected);
        for (int index = 0; index < expected.size(); index++) {
            assertThat(probabilities.get(index)).isEqualTo(expected.get(index), within(1e-6f));
        }
    }

    @Test
    void aBase64StringMayBeLongerThanOtherStrings() throws IOException {
        byte[] picture = encoded(noise(300, 300), "png");
        assertThat(picture.length).isGreaterThan(100_000);

        assertThat(probabilities(json("BYTES", "[1]", strings(List.of(picture), "", ""))))
                .isEqualTo(classified(picture));
    }

    @Test
    void refusesPicturesByTheirElement() throws IOException {
        byte[] good = encoded(strip(STRIP), "png");
        byte[] high = encoded(new BufferedImage(1, 4097, BufferedImage.TYPE_BYTE_GRAY), "png");

        refused(List.of(good, "GIF89a".getBytes(StandardCharsets.US_ASCII)), 400)
                .body("error", equalTo("inputs[0], element 1: the picture must be a PNG, JPEG, WebP or BMP"));
        refused(List.of(good, good, Arrays.copyOf(good, good.length - 9)), 400)
                .body("error", startsWith("inputs[0], element 2: the PNG picture is incomplete or damaged"));
        refused(List.of(high), 413)
                .body(
                        "error",
                        equalTo("inputs[0], element 0: the picture must be at most 4096x4096 pixels, not 1x4097"));
        refused(Collections.nCopies(101, good), 400)
                .body("error", equalTo("inputs[0] must hold at most 100 images a request, not 101"));
    }

    @Test
    void endsTheReadingOfPicturesAtTheDeadline() throws IOException {
        byte[] large = encoded(new BufferedImage(4096, 4096, BufferedImage.TYPE_BYTE_GRAY), "png");

        refused(Collections.nCopies(100, large), 504)
                .body("error", matchesPattern("inputs\\[0\\], element [0-9]+: no answer within 5000 ms"));
    }

    @Test
    void statisticsCountRequestsImagesAndBatchesSinceTheVersionWasLoaded() throws IOException {
        models.serve("counted", 1, 0, 1);
        given().get("/v2/models/counted/stats")
                .then()
                .statusCode(200)
                .body("model_stats[0].name", equalTo("counted"))
                .body("model_stats[0].version", equalTo("1"))
                .body("model_stats[0].last_inference", equalTo(0))
                .body("model_stats[0].inference_stats.success.count", equalTo(0));
        long before = System.currentTimeMillis();
        byte[] picture = encoded(strip(STRIP), "png");
        byte[] json = header("[3]", "BYTES", elements(Collections.nCopies(3, picture)).length);
        given().contentType("application/octet-stream")
                .header("Inference-Header-Content-Length", json.length)
                .body(join(json, elements(Collections.nCopies(3, picture))))
                .post("/v2/models/counted/infer")
                .then()
                .statusCode(200);
        given().contentType("image/png").body(picture).post("/v1/models/counted:classify-image");
        given().contentType("application/json").body("{}").post("/v2/models/counted/infer");

        JsonPath stats = given().get("/v2/models/counted/versions/1/stats")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        String inference = "model_stats[0].inference_stats.";
        assertThat(stats.getLong("model_stats[0].inference_count")).isEqualTo(4);
        assertThat(stats.getLong("model_stats[0].execution_count")).isEqualTo(2);
        assertThat(stats.getLong("model_stats[0].last_inference")).isBetween(before, System.currentTimeMillis());
        assertThat(stats.getList("model_stats[0].batch_stats")).isEmpty();
        assertThat(stats.getLong(inference + "success.count")).isEqualTo(2);
        assertThat(stats.getLong(inference + "fail.count")).isEqualTo(1);
        assertThat(stats.getLong(inference + "fail.ns")).isPositive();
        assertThat(stats.getLong(inference + "cache_hit.count")).isZero();
        long phases = 0;
        for (String phase : List.of("queue", "compute_input", "compute_infer", "compute_output")) {
            assertThat(stats.getLong(inference + phase + ".count")).isEqualTo(2);
            assertThat(stats.getLong(inference + phase + ".ns")).isPositive();
            phases += stats.getLong(inference + phase + ".ns");
        }
        assertThat(stats.getLong(inference + "success.ns")).isGreaterThanOrEqualTo(phases);
        given().get("/v2/models/stats").then().statusCode(200).body("model_stats.name", hasItem("counted"));
        given().get("/v2").then().body("extensions", hasItem("statistics"));

        models.serve("counted", 2, 1, 2);
        await().untilAsserted(() -> given().get("/v2/models/counted/versions/1/stats")
                .then()
                .statusCode(404)
                .body("error", startsWith("version 1 of model 'counted' is not loaded")));
        registry.promote(
                new Name("counted"), ModelRegistry.STABLE, new Promotion(1, blobs.put(TinyModel.archive(0)), 3));
        PublishedModels.awaitStable("counted", 1);
        await().untilAsserted(() -> given().get("/v2/models/counted/stats")
                .then()
                .body("model_stats.version", contains("1"))
                .body("model_stats[0].inference_count", equalTo(0)));
        given().get("/v2/models/nowhere/stats")
                .then()
                .statusCode(404)
                .body("error", equalTo("no model 'nowhere' is loaded"));
    }

    private static ValidatableResponse refused(List<byte[]> pictures, int status) {
        return binary("[" + pictures.size() + "]", "BYTES", elements(pictures))
                .then()
                .statusCode(status);
    }

    private static Response json(String datatype, String shape, String data) {
        return given().contentType("application/json")
                .body("{\"inputs\":[{\"name\":\"images\",\"shape\":" + shape + ",\"datatype\":\"" + datatype
                        + "\",\"data\":" + data + "}]}")
                .post(ROUTE);
    }

    private static Response binary(String shape, String datatype, byte[] binary) {
        byte[] json = header(shape, datatype, binary.length);
        return given().contentType("application/octet-stream")
                .header("Inference-Header-Content-Length", json.length)
                .body(join(json, binary))
                .post(ROUTE);
    }

    private static byte[] header(String shape, String datatype, int bytes) {
        return ("{\"inputs\":[{\"name\":\"images\",\"shape\":" + shape + ",\"datatype\":\"" + datatype
                        + "\",\"parameters\":{\"binary_data_size\":" + bytes + "}}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<Float> probabilities(Response response) {
        response.then().statusCode(200);
        return response.path("outputs[0].data");
    }

    /** The probabilities in the labels' order. */
    private static List<Float> classified(byte[] picture) {
        JsonPath answer = given().contentType("image/png")
                .body(picture)
                .post("/v1/models/fashion:classify-image")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return TinyModel.LABELS.stream()
                .map(label -> answer.getFloat("predictions.find { it.label == '" + label + "' }.probability"))
                .toList();
    }

    private static byte[] elements(List<byte[]> pictures) {
        ByteBuffer elements = ByteBuffer.allocate(pictures.stream()
                        .mapToInt(picture -> Integer.BYTES + picture.length)
                        .sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        pictures.forEach(picture -> elements.putInt(picture.length).put(picture));
        return elements.array();
    }

    private static String strings(List<byte[]> pictures, String before, String after) {
        return pictures.stream()
                .map(picture -> before + "\"" + Base64.getEncoder().encodeToString(picture) + "\"" + after)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static BufferedImage strip(int strip) {
        float[] values = TinyModel.image(strip);
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int index = 0; index < PIXELS; index++) {
            picture.getRaster().setSample(index % SIDE, index / SIDE, 0, values[index] * 255);
        }
        return picture;
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(
                0, 0, width, height, new Random(9).ints((long) width * height).toArray(), 0, width);
        return picture;
    }

    private static byte[] encoded(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, content)).isTrue();
        return content.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
