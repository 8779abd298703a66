package io.catwalk.conformance.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

import com.fasterxml.jackson.databind.JsonNode;

/** One connection of HTTP/1.1 that several requests go through. Source: RFC 9112, 6 and 9.3. */
public final class KeptConnection implements AutoCloseable {
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int RADIX = 16;

    private final Socket socket;
    private final InputStream in;
    private final URI address;
    private final Map<String, String> headers;

    private KeptConnection(Socket socket, URI address, Map<String, String> headers) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.address = address;
        this.headers = headers;
    }

    static KeptConnection to(URI address, Duration timeout, Map<String, String> headers) throws IOException {
        boolean secure = address.getScheme().equalsIgnoreCase("https");
        int port = address.getPort() >= 0 ? address.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address.getHost(), port), (int) timeout.toMillis());
            plain.setSoTimeout((int) timeout.toMillis());
            Socket socket = secure
                    ? ((SSLSocketFactory) SSLSocketFactory.getDefault())
                            .createSocket(plain, address.getHost(), port, true)
                    : plain;
            return new KeptConnection(socket, address, headers);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** @throws EOFException when the server has closed the connection */
    public Answer post(String path, JsonNode json) throws IOException {
        return post(path, json.toString());
    }

    /** @throws EOFException when the server has closed the connection */
    public Answer post(String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        StringBuilder head =
                new StringBuilder("POST %s HTTP/1.1\r\nHost: %s\r\n".formatted(path, address.getAuthority()));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(body.length));
        socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(body);
        return answer();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Answer answer() throws IOException {
        String first = line();
        if (!first.startsWith("HTTP/1.")) {
            throw new IOException("the answer begins with '" + first + "'");
        }
        int status = Integer.parseInt(first.substring(STATUS_AT, STATUS_AT + 3));
        Map<String, String> received = new HashMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            received.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        byte[] body = received.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")
                ? chunks()
                : in.readNBytes(Integer.parseInt(received.getOrDefault("content-length", "0")));
        return new Answer(status, received, body);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line().split(";", 2)[0].strip(), RADIX);
            if (length == 0) {
                while (!line().isEmpty()) {
                    // Trailers are of no interest.
                }
                return body.toByteArray();
            }
            body.write(in.readNBytes(length));
            line();
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server has closed the connection");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
