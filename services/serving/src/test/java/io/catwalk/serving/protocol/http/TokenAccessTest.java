package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.ServerMetadataRequest;
import io.catwalk.serving.protocol.grpc.GrpcServer;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Tokens of an identity provider, beside keys. */
@QuarkusTest
@TestProfile(TokenAccessTest.WithProvider.class)
class TokenAccessTest {
    @Inject
    GrpcServer server;

    /** An identity provider that answers. */
    public static final class WithProvider extends AccessProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("catwalk.access.oidc.enabled", "true");
            overrides.put("catwalk.access.oidc.issuer", "${keycloak.url}/realms/quarkus");
            return overrides;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OidcWiremockTestResource.class));
        }
    }

    @Test
    void aTokensRolesAreThoseOfItsClaim() {
        get(token("alice", "catwalk", "viewer", "unheard-of"), "/v1/models").statusCode(200);
        get(token("alice", "catwalk", "viewer"), "/v1/models/none/history").statusCode(404);
        get(token("bob", "catwalk", "predictor"), "/v1/models/none/history")
                .statusCode(403)
                .body("error", is("this needs the role viewer; oidc:bob has predictor"));
        get(token("carol", "catwalk"), "/v1/models")
                .statusCode(403)
                .body("error", is("this needs the role viewer or predictor; oidc:carol has none"));
    }

    @Test
    void aTokenForOthersIsNotAccepted() {
        get(token("alice", "elsewhere", "admin"), "/v1/models")
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("error", is("the token isn't accepted"));
    }

    @Test
    void aDamagedTokenIsNotAccepted() {
        String token = token("alice", "catwalk", "admin");
        String payload = token.split("\\.")[1];
        for (String damaged : List.of(
                token.substring(0, token.length() - 6) + "AAAAAA",
                token.replace(payload, payload.substring(2)),
                "x.y.z",
                "opaque")) {
            get(damaged, "/v1/models").statusCode(401).body("error", startsWith("the token isn't accepted"));
        }
    }

    @Test
    void keysHaveAccessToo() {
        get(AccessProfile.VIEWER.secret(), "/v1/models").statusCode(200);
    }

    @Test
    void tokensHaveAccessOverGrpcToo() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        try {
            var stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
            stub.withInterceptors(shown(token("alice", "catwalk", "viewer")))
                    .serverMetadata(ServerMetadataRequest.getDefaultInstance());
            assertThatThrownBy(() -> stub.withInterceptors(shown(token("alice", "elsewhere", "viewer")))
                            .serverMetadata(ServerMetadataRequest.getDefaultInstance()))
                    .hasMessageContaining("UNAUTHENTICATED");
            assertThatThrownBy(() -> stub.withInterceptors(shown(token("alice", "catwalk")))
                            .serverMetadata(ServerMetadataRequest.getDefaultInstance()))
                    .hasMessageContaining("PERMISSION_DENIED");
        } finally {
            channel.shutdownNow();
        }
    }

    static ClientInterceptor shown(String token) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return MetadataUtils.newAttachHeadersInterceptor(metadata);
    }

    static String token(String user, String audience, String... roles) {
        return OidcWiremockTestResource.generateJwtToken(user, Set.of(roles), "123456", "Bearer", Set.of(audience));
    }

    private static ValidatableResponse get(String token, String path) {
        return given().header("Authorization", "Bearer " + token)
                .get(path)
                .then()
                .statusCode(not(500));
    }
}
