package io.catwalk.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import org.junit.jupiter.params.provider.MethodSource;

class PictureFuzzTest {
    private static final int MAX_SIDE = 64;
    private static final int MAX_BYTES = MAX_SIDE * MAX_SIDE * 72;
    private static final PictureShape SHAPE = new PictureShape(4, 4, 3);
    private static final PictureLimits LIMITS = new PictureLimits(MAX_SIDE, MAX_BYTES);
    /** Rows of pixels are copied some times on their way; a decoder has tables and buffers of its own. */
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(BadPictureException.class).allocates(8 * MAX_BYTES + (2 << 20), 100);

    /** An orientation of 6 in the smallest TIFF. */
    private static final byte[] EXIF =
            HexFormat.of().parseHex("4578696600004d4d002a00000008000101120003000000010006000000000000");

    static Stream<byte[]> seeds() {
        byte[] jpeg = encoded("jpeg", BufferedImage.TYPE_3BYTE_BGR);
        return Stream.of(
                encoded("png", BufferedImage.TYPE_BYTE_GRAY),
                encoded("png", BufferedImage.TYPE_BYTE_INDEXED),
                encoded("png", BufferedImage.TYPE_INT_ARGB),
                encoded("png", BufferedImage.TYPE_USHORT_GRAY),
                encoded("jpeg", BufferedImage.TYPE_BYTE_GRAY),
                jpeg,
                withExif(jpeg),
                encoded("bmp", BufferedImage.TYPE_3BYTE_BGR),
                encoded("bmp", BufferedImage.TYPE_BYTE_INDEXED),
                MadePictures.stored("lossy.webp"),
                MadePictures.stored("turned.webp"),
                MadePictures.stored("lossless.webp"),
                MadePictures.stored("palette.webp"),
                MadePictures.stored("mixed.webp"),
                MadePictures.stored("animated.webp"));
    }

    private static byte[] encoded(String format, int type) {
        BufferedImage picture = new BufferedImage(8, 6, type);
        picture.setRGB(3, 2, 0xff804020);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    private static byte[] withExif(byte[] jpeg) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(jpeg, 0, 2);
        content.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (EXIF.length + 2)});
        content.writeBytes(EXIF);
        content.write(jpeg, 2, jpeg.length - 2);
        return content.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] content) {
        PROPERTY.check(content.length, () -> fit(content))
                .ifPresent(fitted -> assertThat(fitted.values()).hasSize(48));
    }

    private static FittedPicture fit(byte[] content) throws BadPictureException {
        try (PictureFile picture = PictureFile.open(content, LIMITS)) {
            return picture.fit(SHAPE);
        }
    }
}
