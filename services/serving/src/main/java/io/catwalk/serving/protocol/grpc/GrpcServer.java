package io.catwalk.serving.protocol.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.catwalk.chassis.access.ListeningAddress;
import io.catwalk.serving.protocol.admission.HttpConfig;
import io.catwalk.serving.queue.QueueConfig;
import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gRPC server. At shutdown its health goes down with readiness; then clients are sent to other replicas, and calls in flight
 * are answered before the models are released.
 */
@Singleton
public class GrpcServer {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);
    private static final int BEFORE_MODELS_ARE_RELEASED = 100;
    private static final Duration PERMITTED_KEEP_ALIVE = Duration.ofSeconds(10);

    private final Server server;
    private final ServingHealth health;
    private final Duration patience;

    public GrpcServer(
            GrpcConfig config,
            HttpConfig limits,
            QueueConfig queue,
            GrpcExchange exchange,
            ServingHealth health,
            CallAuthentication authentication,
            GrpcTransport transport,
            @All List<GrpcService> services) {
        this.health = health;
        this.patience = queue.deadline().plus(limits.bodyTimeout());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("grpc-", 0).factory()))
                .addStreamTracerFactory(exchange.tracers())
                .intercept(authentication)
                .protocolNegotiator(new DataFrames(transport))
                .decompressorRegistry(DecompressorRegistry.emptyInstance().with(new DeferredGzip(), true))
                .maxInboundMessageSize(limits.maxBodyBytes())
                .maxConcurrentCallsPerConnection(limits.maxConcurrentRequests())
                .maxConnectionAge(config.maxConnectionAge().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(PERMITTED_KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(health.service())
                .addService(ServerInterceptors.intercept(ProtoReflectionServiceV1.newInstance(), new ReaderRole()));
        services.forEach(service -> builder.addService(service.definition()));
        this.server = builder.build();
    }

    /** Held to what access control demands of addresses. */
    @Produces
    @Singleton
    static ListeningAddress listeningAddress(GrpcConfig config) {
        return new ListeningAddress("catwalk.grpc.host", config.host());
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** All that it serves. */
    public List<ServerServiceDefinition> services() {
        return server.getServices();
    }

    void start(@Observes StartupEvent event) {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the gRPC server can't start, see catwalk.grpc.port: " + e.getMessage(), e);
        }
        LOG.info("gRPC listens on port {}", port());
    }

    void announceStop(@Observes ShutdownDelayInitiatedEvent event) {
        health.stop();
    }

    void stop(@Observes @Priority(BEFORE_MODELS_ARE_RELEASED) ShutdownEvent event) {
        health.stop();
        server.shutdown();
        try {
            if (!server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("gRPC calls are cut off, as they aren't over after {} s", patience.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.shutdownNow();
        }
    }
}
