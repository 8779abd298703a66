package io.catwalk.serving.protocol.grpc;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import com.google.protobuf.Message;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.protocol.exchange.Codec;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;

/** A service under construction, out of the methods of a generated one; those that aren't added answer UNIMPLEMENTED. */
public final class ServiceMethods {
    private static final MethodDescriptor.Marshaller<InputStream> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return stream;
        }
    };

    private final ServiceDescriptor service;
    private final GrpcExchange exchange;
    private final List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();

    ServiceMethods(ServiceDescriptor service, GrpcExchange exchange) {
        this.service = service;
        this.exchange = exchange;
    }

    /** Adds a method that tells all something, of no model. */
    public <Q extends Message, A> ServiceMethods open(MethodDescriptor<Q, A> method, Function<Q, A> answerer) {
        return add(method, new Query<>(true, MessageParser.of(method), message -> "", answerer));
    }

    /** Adds a method that only tells something of no one model; what it refuses gets the refusal's status. */
    public <Q extends Message, A> ServiceMethods query(MethodDescriptor<Q, A> method, Function<Q, A> answerer) {
        return query(method, message -> "", answerer);
    }

    /**
     * The same of a method that tells something of a model.
     *
     * @param model the model that a message names; empty for none
     */
    public <Q extends Message, A> ServiceMethods query(
            MethodDescriptor<Q, A> method, Function<Q, String> model, Function<Q, A> answerer) {
        return add(method, new Query<>(false, MessageParser.of(method), model, answerer));
    }

    /**
     * Adds a method that predicts.
     *
     * @param protocol its name in metrics
     * @param model the model that a message names
     */
    public <Q extends Message, A> ServiceMethods predict(
            MethodDescriptor<Q, A> method, String protocol, Function<Q, ModelReference> model, Codec<Q, A> codec) {
        return add(method, exchange.prediction(protocol, MessageParser.of(method), model, codec));
    }

    public ServerServiceDefinition build() {
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(service.getName()).setSchemaDescriptor(service.getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(definition::addMethod);
        return definition.build();
    }

    private <Q extends Message, A> ServiceMethods add(MethodDescriptor<Q, A> method, UnaryHandler<A> handler) {
        MethodDescriptor<InputStream, A> raw =
                method.toBuilder(BYTES, method.getResponseMarshaller()).build();
        methods.add(ServerMethodDefinition.create(raw, (call, metadata) -> exchange.start(call, metadata, handler)));
        return this;
    }
}
