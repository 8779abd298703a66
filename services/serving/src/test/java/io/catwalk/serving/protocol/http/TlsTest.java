package io.catwalk.serving.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.ServerMetadataRequest;
import io.catwalk.serving.protocol.grpc.GrpcServer;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContextBuilder;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** TLS of HTTP and gRPC, with certificates of clients, on real sockets. */
@QuarkusTest
@TestProfile(TlsTest.MutualTls.class)
class TlsTest {
    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    @TestHTTPResource(value = "/", tls = true)
    URI address;

    @Inject
    GrpcServer server;

    /** One key store for both servers, and no plain HTTP. */
    public static final class MutualTls extends AccessProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("quarkus.http.test-ssl-port", "0");
            overrides.put("quarkus.http.insecure-requests", "disabled");
            overrides.put(
                    "quarkus.tls.key-store.p12.path", CERTIFICATES.server().toString());
            overrides.put("quarkus.tls.key-store.p12.password", TestCertificates.PASSWORD);
            overrides.put(
                    "quarkus.tls.trust-store.p12.path",
                    CERTIFICATES.trustedByServer().toString());
            overrides.put("quarkus.tls.trust-store.p12.password", TestCertificates.PASSWORD);
            overrides.put("quarkus.tls.reload-period", "1s");
            overrides.put("catwalk.access.require-client-certificate", "true");
            return overrides;
        }
    }

    @Test
    void aClientOverHttpNeedsACertificateAndAKey() throws Exception {
        assertThat(get(Optional.of("client"), "Authorization", AccessProfile.bearer(AccessProfile.VIEWER)))
                .isEqualTo(200);
        assertThat(get(Optional.of("client"), "Accept", "*/*")).isEqualTo(401);
        for (Optional<String> other : List.of(Optional.<String>empty(), Optional.of("stranger"))) {
            assertThatThrownBy(() -> get(other, "Authorization", AccessProfile.bearer(AccessProfile.ADMIN)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientOverGrpcNeedsACertificateAndAKey() throws Exception {
        assertThat(live(Optional.of("client"), Optional.of(AccessProfile.bearer(AccessProfile.VIEWER))))
                .isEqualTo(Status.Code.OK);
        assertThat(live(Optional.of("client"), Optional.empty())).isEqualTo(Status.Code.UNAUTHENTICATED);
        for (Optional<String> other : List.of(Optional.<String>empty(), Optional.of("stranger"))) {
            assertThat(live(other, Optional.of(AccessProfile.bearer(AccessProfile.ADMIN))))
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void bothServersFollowTheirKeyStore() {
        String before = shown(address.getPort(), "http/1.1");
        assertThat(shown(server.port(), "h2")).isEqualTo(before);

        CERTIFICATES.renewServer();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(shown(address.getPort(), "http/1.1")).isNotEqualTo(before);
            assertThat(shown(server.port(), "h2")).isEqualTo(shown(address.getPort(), "http/1.1"));
        });
    }

    private int get(Optional<String> certificate, String header, String value) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(CERTIFICATES.client(certificate))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/models"))
                    .header(header, value)
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private Status.Code live(Optional<String> certificate, Optional<String> authorization) throws Exception {
        SslContextBuilder ssl = GrpcSslContexts.forClient().trustManager(CERTIFICATES.trust());
        if (certificate.isPresent()) {
            ssl.keyManager(CERTIFICATES.keys(certificate.get()));
        }
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", server.port())
                .sslContext(ssl.build())
                .build();
        Metadata metadata = new Metadata();
        authorization.ifPresent(
                shown -> metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), shown));
        try {
            GRPCInferenceServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .serverMetadata(ServerMetadataRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    /** The serial number of the certificate that a server shows. */
    private static String shown(int port, String protocol) {
        SSLContext context = CERTIFICATES.client(Optional.of("client"));
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber()
                    .toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
