package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

import io.catwalk.objectstore.Digest;
import io.catwalk.serving.TinyModel;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ServiceProfile.class)
class PictureHttpTest {
    private static final int SIDE = 28;
    /** 24x16, as Java doesn't write it. */
    private static final String WEBP =
            "UklGRp4AAABXRUJQVlA4IJIAAADwBgCdASoYABAAPgkCgUCBgAAAEJbACdMoRwN4B+AH6wcYF2A/YDEAvwH2q7wBof7bQfgBXgMkACbg"
                    + "+ZPcgGYAAP7//zo4fqjxUNq7tXmJYCwbt/yCNg3zBEsFK/neDghtuZ9v/8qn/5WqvTvQLMFvfAIyyD/MmusoLLF7stxFJUe8AJizZKcJKMQi"
                    + "wclEkHSAAA==";

    private static final String ROUTE = "/v1/models/fashion:classify-image";

    @Inject
    PublishedModels models;

    private Digest digest;

    @BeforeEach
    void serveFashion() {
        RestAssured.urlEncodingEnabled = false;
        digest = models.serve("fashion", 1, 0, 1);
    }

    @Test
    void classifiesAPicture() throws IOException {
        given().contentType("image/png")
                .body(encoded(bag(), "png"))
                .post(ROUTE)
                .then()
                .statusCode(200)
                .body("model", equalTo("fashion"))
                .body("version", equalTo(1))
                .body("digest", equalTo(digest.toString()))
                .body("resized", equalTo(false))
                .body("predictions", hasSize(10))
                .body("predictions[0].label", equalTo("Bag"));
    }

    @Test
    void aPictureOfAnotherSizeIsResized() throws IOException {
        given().contentType("image/jpeg")
                .body(encoded(new BufferedImage(100, 50, BufferedImage.TYPE_INT_RGB), "jpg"))
                .post("/v1/models/fashion/labels/stable:classify-image")
                .then()
                .statusCode(200)
                .body("resized", equalTo(true));
    }

    @Test
    void takesBmpAndWebpToo() throws IOException {
        assertThat(classified(encoded(bag(), "bmp"))).isEqualTo(classified(encoded(bag(), "png")));
        classify(Base64.getDecoder().decode(WEBP)).then().statusCode(200).body("resized", equalTo(true));
    }

    @Test
    void whatIsWrongWithAPictureDecidesTheStatus() throws IOException {
        classify("GIF89a, not one of the formats".getBytes(StandardCharsets.US_ASCII))
                .then()
                .statusCode(415)
                .body("error", equalTo("the picture must be a PNG, JPEG, WebP or BMP"));
        classify(encoded(new BufferedImage(4097, 1, BufferedImage.TYPE_BYTE_GRAY), "png"))
                .then()
                .statusCode(413)
                .body("error", equalTo("the picture must be at most 4096x4096 pixels, not 4097x1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aPictureIsTurnedUprightAsItsExifOrientationSays(int orientation) throws IOException {
        BufferedImage stored = stored(bag(), orientation);

        assertThat(classified(withExif(encoded(stored, "png"), PNG_HEADER_END, pngChunk(tiff(orientation)))))
                .isEqualTo(classified(encoded(bag(), "png")));
        Response jpeg = classify(withExif(encoded(stored, "jpg"), JPEG_START_END, jpegSegment(tiff(orientation))));
        jpeg.then().statusCode(200).body("resized", equalTo(false)).body("predictions[0].label", equalTo("Bag"));
    }

    @Test
    void aTurnedPictureOfAnotherSizeIsResizedAsTheUprightOne() throws IOException {
        BufferedImage wide = new BufferedImage(60, 30, BufferedImage.TYPE_INT_RGB);
        for (int index = 0; index < 60 * 30; index++) {
            wide.setRGB(index % 60, index / 60, index * 9_973);
        }

        for (int orientation = 1; orientation <= 8; orientation++) {
            byte[] stored = encoded(stored(wide, orientation), "png");
            assertThat(classified(withExif(stored, PNG_HEADER_END, pngChunk(tiff(orientation)))))
                    .as("orientation %d", orientation)
                    .isEqualTo(classified(encoded(wide, "png")));
        }
    }

    @Test
    void aDamagedExifBlockIsNoReasonToRefuseAPicture() throws IOException {
        byte[] jpeg = encoded(bag(), "jpg");
        byte[] whole = tiff(3);
        byte[] loops = whole.clone();
        ByteBuffer.wrap(loops).putInt(whole.length - 4, 8);
        for (byte[] block : List.of(
                tiff(0), tiff(9), Arrays.copyOf(whole, 9), Arrays.copyOf(whole, 20), new byte[0], new byte[4_000])) {
            classify(withExif(jpeg, JPEG_START_END, jpegSegment(block)))
                    .then()
                    .statusCode(200)
                    .body("predictions[0].label", equalTo("Bag"));
        }
        classify(withExif(jpeg, JPEG_START_END, jpegSegment(loops))).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void anIncompletePictureIsRefusedWhereverItEnds(String format) throws IOException {
        BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int index = 0; index < 64 * 64; index++) {
            noise.setRGB(index % 64, index / 64, index * 9_973 * 31);
        }
        byte[] whole = encoded(noise, format);

        classify(whole).then().statusCode(200);
        for (int length : new int[] {whole.length / 4, whole.length / 2, whole.length - 100, whole.length - 1}) {
            classify(Arrays.copyOf(whole, length))
                    .then()
                    .statusCode(400)
                    .body("error", containsString("is incomplete or damaged: its " + length + " bytes"));
        }
    }

    private static final int JPEG_START_END = 2;
    private static final int PNG_HEADER_END = 33;

    /** Light in the rows of one class, so that no turn of it is that class. */
    private static BufferedImage bag() {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        float[] values = TinyModel.image(8);
        for (int index = 0; index < values.length; index++) {
            picture.getRaster().setSample(index % SIDE, index / SIDE, 0, Math.round(values[index] * 255));
        }
        return picture;
    }

    /** A picture as a camera stores it. Source: Exif 2.32, 4.6.4, what the 0th row and the 0th column stand for. */
    private static BufferedImage stored(BufferedImage upright, int orientation) {
        int right = upright.getWidth() - 1;
        int bottom = upright.getHeight() - 1;
        boolean turned = orientation > 4;
        BufferedImage stored = new BufferedImage(
                turned ? upright.getHeight() : upright.getWidth(),
                turned ? upright.getWidth() : upright.getHeight(),
                upright.getType());
        for (int row = 0; row < stored.getHeight(); row++) {
            for (int column = 0; column < stored.getWidth(); column++) {
                int x = turned ? row : column;
                int y = turned ? column : row;
                boolean fromRight = List.of(2, 3, 6, 7).contains(orientation);
                boolean fromBottom = List.of(3, 4, 7, 8).contains(orientation);
                stored.getRaster()
                        .setPixel(
                                column,
                                row,
                                upright.getRaster()
                                        .getPixel(
                                                fromRight ? right - x : x, fromBottom ? bottom - y : y, (int[]) null));
            }
        }
        return stored;
    }

    /** A TIFF structure with one directory of one entry, the orientation. Source: TIFF 6.0, 2. */
    private static byte[] tiff(int orientation) {
        return ByteBuffer.allocate(26)
                .put("MM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 274)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    private static byte[] jpegSegment(byte[] tiff) {
        return ByteBuffer.allocate(10 + tiff.length)
                .putShort((short) 0xffe1)
                .putShort((short) (8 + tiff.length))
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(tiff)
                .array();
    }

    private static byte[] pngChunk(byte[] tiff) {
        byte[] typeAndData = ByteBuffer.allocate(4 + tiff.length)
                .put("eXIf".getBytes(StandardCharsets.US_ASCII))
                .put(tiff)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(typeAndData);
        return ByteBuffer.allocate(12 + tiff.length)
                .putInt(tiff.length)
                .put(typeAndData)
                .putInt((int) checksum.getValue())
                .array();
    }

    private static byte[] withExif(byte[] picture, int position, byte[] exif) {
        return ByteBuffer.allocate(picture.length + exif.length)
                .put(picture, 0, position)
                .put(exif)
                .put(picture, position, picture.length - position)
                .array();
    }

    private static Response classify(byte[] picture) {
        return given().contentType("image/png").body(picture).post(ROUTE);
    }

    private static String classified(byte[] picture) {
        Response response = classify(picture);
        response.then().statusCode(200);
        return response.asString();
    }

    private static byte[] encoded(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, content)).isTrue();
        return content.toByteArray();
    }
}
