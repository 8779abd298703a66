package io.catwalk.serving.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.catwalk.access.Role;
import io.catwalk.serving.protocol.grpc.GrpcServer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each method that the gRPC server has, whoever added its service: its roles, and that it answers nobody else. */
@QuarkusTest
@TestProfile(TokenAccessTest.WithProvider.class)
class GrpcRolesTest {
    /** Nobody else gets an answer from a method. */
    private static final Map<String, Set<Role>> ALLOWED = allowed("""
            grpc.reflection.v1.ServerReflection/ServerReflectionInfo viewer,predictor
            inference.GRPCInferenceService/ModelConfig viewer,predictor
            inference.GRPCInferenceService/ModelInfer predictor
            inference.GRPCInferenceService/ModelMetadata viewer,predictor
            inference.GRPCInferenceService/ModelReady viewer,predictor
            inference.GRPCInferenceService/ModelStatistics viewer,predictor
            inference.GRPCInferenceService/RepositoryIndex viewer,predictor
            inference.GRPCInferenceService/ServerMetadata viewer,predictor
            tensorflow.serving.ModelService/GetModelStatus viewer,predictor
            tensorflow.serving.PredictionService/Classify predictor
            tensorflow.serving.PredictionService/GetModelMetadata viewer,predictor
            tensorflow.serving.PredictionService/Predict predictor
            """);

    private static final Set<String> OPEN = Set.of(
            "grpc.health.v1.Health/Check",
            "grpc.health.v1.Health/Watch",
            "inference.GRPCInferenceService/ServerLive",
            "inference.GRPCInferenceService/ServerReady");

    /** What a method answers to an empty message whose caller may call it. */
    private static final Set<Status.Code> ANSWERS =
            EnumSet.of(Status.Code.OK, Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND);

    @Inject
    GrpcServer server;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void eachMethodOfTheServerIsInTheTable() {
        Set<String> tabled = new TreeSet<>(ALLOWED.keySet());
        tabled.addAll(OPEN);

        assertThat(server.services().stream()
                        .flatMap(service -> service.getMethods().stream())
                        .map(method -> method.getMethodDescriptor().getFullMethodName()))
                .containsExactlyInAnyOrderElementsOf(tabled);
    }

    @Test
    void eachMethodHasItsRolesAndAnswersNobodyElse() {
        ALLOWED.forEach((method, roles) -> {
            assertThat(code(method, channel)).as(method).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(code(method, caller())).as("%s by no role", method).isEqualTo(Status.Code.PERMISSION_DENIED);
            for (Role role : Role.values()) {
                if (roles.stream().anyMatch(role.granted()::contains)) {
                    assertThat(code(method, caller(role)))
                            .as("%s by %s", method, role)
                            .isIn(ANSWERS);
                } else {
                    assertThat(code(method, caller(role)))
                            .as("%s by %s", method, role)
                            .isEqualTo(Status.Code.PERMISSION_DENIED);
                }
            }
        });
    }

    @Test
    void whatIsOpenAnswersAll() {
        for (String method : OPEN) {
            assertThat(code(method, channel)).as(method).isEqualTo(Status.Code.OK);
            assertThat(code(method, caller())).as("%s by no role", method).isEqualTo(Status.Code.OK);
            for (Role role : Role.values()) {
                assertThat(code(method, caller(role)))
                        .as("%s by %s", method, role)
                        .isEqualTo(Status.Code.OK);
            }
        }
    }

    /** Whose token names roles, and may call all models. */
    private Channel caller(Role... roles) {
        String token = TokenAccessTest.token(
                "alice", "catwalk", Arrays.stream(roles).map(Role::text).toArray(String[]::new));
        return ClientInterceptors.intercept(channel, TokenAccessTest.shown(token));
    }

    /** Of a call with an empty message: OK as soon as there is an answer, which may be the first of many. */
    private static Status.Code code(String method, Channel channel) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setFullMethodName(method)
                .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                .setRequestMarshaller(BYTES)
                .setResponseMarshaller(BYTES)
                .build();
        try {
            boolean answered = ClientCalls.blockingServerStreamingCall(
                            channel,
                            descriptor,
                            CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                            new byte[0])
                    .hasNext();
            assertThat(answered).as(method).isTrue();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static Map<String, Set<Role>> allowed(String table) {
        return table.lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(
                        words -> words[0],
                        words -> Arrays.stream(words[1].split(","))
                                .map(Role::named)
                                .map(Optional::orElseThrow)
                                .collect(Collectors.toSet())));
    }

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };
}
