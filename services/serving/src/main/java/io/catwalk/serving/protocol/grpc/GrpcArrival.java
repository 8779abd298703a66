package io.catwalk.serving.protocol.grpc;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.google.protobuf.Message;
import io.catwalk.access.Caller;
import io.catwalk.serving.access.ModelAccess;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.observation.RequestHeaders;
import io.catwalk.serving.protocol.exchange.Arrival;
import io.grpc.Context;
import io.grpc.Metadata;

/**
 * A request over gRPC, whose content is its message.
 *
 * @param <Q> the message
 */
final class GrpcArrival<Q extends Message> implements Arrival<Q> {
    private final IncomingMessage incoming;
    private final Metadata metadata;
    private final Context context;
    private final Caller caller;
    private final MessageParser<Q> parser;
    private final byte[] bytes;
    private final Function<Q, ModelReference> reference;
    private Optional<Q> message = Optional.empty();

    GrpcArrival(
            IncomingMessage incoming,
            Metadata metadata,
            byte[] bytes,
            MessageParser<Q> parser,
            Function<Q, ModelReference> reference) {
        this.incoming = incoming;
        this.metadata = metadata;
        this.context = Context.current();
        this.caller = GrpcCaller.current();
        this.bytes = bytes;
        this.parser = parser;
        this.reference = reference;
    }

    @Override
    public long nanos() {
        return incoming.arrivedNanos();
    }

    @Override
    public Optional<Duration> patience() {
        return Optional.ofNullable(context.getDeadline())
                .map(deadline -> deadline.timeRemaining(TimeUnit.NANOSECONDS) + System.nanoTime() - nanos())
                .map(Duration::ofNanos);
    }

    /** Not on an event loop. */
    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public boolean clientGone() {
        return context.isCancelled();
    }

    @Override
    public RequestHeaders headers() {
        return name -> name.endsWith(Metadata.BINARY_HEADER_SUFFIX)
                ? Optional.empty()
                : Optional.ofNullable(
                        metadata.get(Metadata.Key.of(name.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER)));
    }

    @Override
    public void begin() {
        incoming.hold().begin();
    }

    @Override
    public ModelReference model() {
        ModelReference named = reference.apply(content());
        ModelAccess.requireCall(caller, named.model());
        return named;
    }

    @Override
    public Q content() {
        if (message.isEmpty()) {
            incoming.charge(parser.cost(bytes));
            message = Optional.of(parser.parse(bytes));
        }
        return message.get();
    }

    @Override
    public void close() {
        incoming.hold().end();
    }
}
