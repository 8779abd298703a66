package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Whatever is called, the labels of HTTP metrics are the routes' own. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class HttpLabelsTest {
    private static final int CALLS = 150;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @TestHTTPResource
    URI address;

    @Test
    void areBoundedForAnyRequest() throws IOException {
        for (int call = 0; call < CALLS; call++) {
            status("DELETE /v1/models/x-" + call);
            status("GET /v1/models/y-" + call + ":predict");
            status("GET /nowhere/" + call);
            status("POST /v1/models/z" + call + "/nothing");
            status("GET /v1/models;matrix=" + call + "/m");
            status("PUT /v1%2Fmodels/" + call);
            status("GET //v1//models/" + call + "/");
            status("GET /v1/models/%zz" + call);
            status("BREW" + call + " /v1/models");
            status("PATCH /q/made-up-" + call);
        }
        status("GET /v1/models/known");
        status("GET /v2/models/known/versions/1");
        given().get("/v1/models").then().statusCode(200);

        assertThat(labels("uri"))
                .contains(
                        "/v1/models",
                        "/v1/models/{model:[^/:]+}",
                        "/v2/models/{model:[^/:]+}/versions/{version:[^/:]+}",
                        "/UNKNOWN")
                .noneMatch(uri -> uri.matches(".*\\d\\d.*"))
                .hasSizeLessThan(20);
        assertThat(labels("method")).contains("OTHER").hasSizeLessThan(8);
    }

    private int status(String line) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Integer.parseInt(answer.split(" ")[1]);
        }
    }

    private Set<String> labels(String name) {
        Pattern label = Pattern.compile("^http_server_requests_seconds_count\\{.*\\b" + name + "=\"([^\"]*)\"");
        return given().get(management.resolve("/q/metrics"))
                .asString()
                .lines()
                .flatMap(line -> label.matcher(line).results())
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
