package io.catwalk.serving;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that would take more memory than there is: 256 MB of heap. */
class ServingMemoryIT extends RunningServing {
    /** 256 MB of heap: an eighth of it is theirs, whatever they announce. */
    @Tag("fault-37")
    @Tag("fault-43")
    @Tag("soak")
    @Test
    void unfinishedUploadsExhaustNoHeapAndBlockNoRequests() throws Exception {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        String announcement =
                "POST /v1/models/fashion:predict HTTP/1.1\r\nHost: x\r\nContent-Length: " + (8 << 20) + "\r\n\r\n{";
        List<Socket> senders = new ArrayList<>();
        try {
            for (int sender = 0; sender < 300; sender++) {
                Socket socket = new Socket("127.0.0.1", service.at("/").getPort());
                senders.add(socket);
                socket.getOutputStream().write(announcement.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(new byte[sender % 3 == 0 ? 500_000 : 0]);
                if (sender % 10 == 0) {
                    assertThat(predicted()).isEqualTo(STRIP);
                }
            }
            assertThat(predicted()).isEqualTo(STRIP);
            when().get(service.management("/q/health")).then().statusCode(200);
        } finally {
            for (Socket sender : senders) {
                sender.close();
            }
        }
    }

    /** A picture of the greatest size takes 134 MB decoded if it has 16 bits a colour, half the heap. */
    @Tag("soak")
    @Test
    void aPictureThatIsSmallPackedExhaustsNoHeap() throws Exception {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        byte[] deep = blackPng(4_096, 16);
        for (int call = 0; call < 5; call++) {
            given().urlEncodingEnabled(false)
                    .body(deep)
                    .post(service.at("/v1/models/fashion:classify-image"))
                    .then()
                    .statusCode(413)
                    .body("error", containsString("bytes decoded, not 134217728, 8 a pixel"));
        }
        given().urlEncodingEnabled(false)
                .body(blackPng(3_800, 8))
                .post(service.at("/v1/models/fashion:classify-image"))
                .then()
                .statusCode(200);
    }

    /** Red, green, blue and opacity of so many bits, all 0. Source: RFC 2083. */
    private static byte[] blackPng(int side, int bits) throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(rows)) {
            byte[] row = new byte[1 + side * 4 * bits / 8];
            for (int y = 0; y < side; y++) {
                deflater.write(row);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        png.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(side)
                        .putInt(side)
                        .put(new byte[] {(byte) bits, 6, 0, 0, 0})
                        .array()));
        png.writeBytes(chunk("IDAT", rows.toByteArray()));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] content = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(content)
                .putInt((int) checksum.getValue())
                .array();
    }
}
