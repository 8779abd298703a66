package io.catwalk.conformance.model;

import java.util.Optional;

import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.grpc.GrpcServer;
import io.catwalk.conformance.http.HttpServer;

/**
 * A server and a model of it.
 *
 * @param grpcServer the server over gRPC, if the caller names its address
 */
public record Subject(HttpServer http, Optional<GrpcServer> grpcServer, Model model) {
    /** A model that no server has. */
    public static final String UNKNOWN_MODEL = "no-such-model-7f3a";

    /** A version that no model has. */
    public static final String UNKNOWN_VERSION = "987654321";

    /** @throws NotOfferedException when the caller names no address */
    public GrpcServer grpc() {
        return grpcServer.orElseThrow(() -> new NotOfferedException("no address is named (--grpc)"));
    }

    /** @throws NotOfferedException when the server names no version of the model */
    public String version() {
        return model.version().orElseThrow(() -> new NotOfferedException("the server names no version of the model"));
    }

    /** @throws NotOfferedException when the caller names none */
    public String label() {
        return model.label().orElseThrow(() -> new NotOfferedException("no label is named (--label)"));
    }

    /** @throws NotOfferedException when an input's first dimension has a fixed size */
    public void requireBatches() {
        if (!model.isBatched()) {
            throw new NotOfferedException("the model's inputs have no batch");
        }
    }
}
