package io.catwalk.serving;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** A client over HTTP that doesn't keep to what a client does. */
enum SlowHttpClient {
    SENDS_ONE_BYTE_AT_A_TIME {
        @Override
        void call(Socket socket, byte[] request, RandomGenerator random) throws IOException {
            for (int sent = 0; sent < 200; sent++) {
                socket.getOutputStream().write(request[sent]);
                pause(1);
            }
        }
    },
    NEVER_SENDS_THE_REST {
        @Override
        void call(Socket socket, byte[] request, RandomGenerator random) throws IOException {
            socket.getOutputStream().write(request, 0, request.length - 1 - random.nextInt(request.length / 2));
            pause(random.nextInt(300));
        }
    },
    NEVER_READS {
        @Override
        void call(Socket socket, byte[] request, RandomGenerator random) throws IOException {
            for (int sent = 0; sent < 4; sent++) {
                socket.getOutputStream().write(request);
            }
            pause(random.nextInt(300));
        }
    },
    RESETS_BEFORE_THE_END {
        @Override
        void call(Socket socket, byte[] request, RandomGenerator random) throws IOException {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request, 0, random.nextInt(request.length));
        }
    },
    RESETS_DURING_INFERENCE {
        @Override
        void call(Socket socket, byte[] request, RandomGenerator random) throws IOException {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request);
            pause(random.nextInt(5));
        }
    },
    RESETS_AS_THE_ANSWER_COMES {
        @Override
        void call(Socket socket, byte[] request, RandomGenerator random) throws IOException {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request);
            socket.setSoTimeout(10_000);
            socket.getInputStream().read();
        }
    };

    abstract void call(Socket socket, byte[] request, RandomGenerator random) throws IOException;

    /** Calls once; that the server ends the connection is no error. */
    final void call(int port, byte[] request, RandomGenerator random) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            call(socket, request, random);
        } catch (SocketException e) {
            // As it should do with some of them.
        }
    }

    /** Images, whose answer is that of each asked-for output. */
    static byte[] request(int images, int outputs) {
        String json =
                "{\"inputs\":[{\"name\":\"images\",\"shape\":[%d,784],\"datatype\":\"UINT8\",\"parameters\":{\"binary_data_size\":%d}}],\"outputs\":[%s]}"
                        .formatted(
                                images,
                                images * 784,
                                ",{\"name\":\"probabilities\"}".repeat(outputs).substring(1));
        byte[] head = ("POST /v2/models/fashion/infer HTTP/1.1\r\nHost: x\r\nInference-Header-Content-Length: "
                        + json.length()
                        + "\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                        + (json.length() + images * 784) + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + images * 784];
        System.arraycopy(head, 0, request, 0, head.length);
        return request;
    }

    static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
