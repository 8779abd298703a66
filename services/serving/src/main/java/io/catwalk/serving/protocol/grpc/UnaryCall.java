package io.catwalk.serving.protocol.grpc;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.serving.protocol.admission.Admission;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call with one message, received and answered on virtual threads. */
final class UnaryCall<A> extends ServerCall.Listener<InputStream> {
    private static final Logger LOG = LoggerFactory.getLogger(UnaryCall.class);

    private final ServerCall<InputStream, A> call;
    private final Metadata metadata;
    private final UnaryHandler<A> handler;
    private final Admission admission;
    private final IncomingMessage incoming = IncomingMessage.current();
    private final ScheduledFuture<?> timer;
    private Optional<byte[]> message = Optional.empty();

    UnaryCall(
            ServerCall<InputStream, A> call,
            Metadata metadata,
            UnaryHandler<A> handler,
            Admission admission,
            Duration timeout,
            ScheduledExecutorService timers) {
        this.call = call;
        this.metadata = metadata;
        this.handler = handler;
        this.admission = admission;
        this.timer = timers.schedule(() -> refuse(slow(timeout)), timeout.toMillis(), TimeUnit.MILLISECONDS);
        incoming.whenRefused(this::refuse);
    }

    /** Receives the message, unless the handler refuses the call at once. */
    void receive() {
        try {
            handler.admit();
            // The second is there to see that it doesn't come.
            call.request(2);
        } catch (RefusedException e) {
            refuse(e);
        }
    }

    @Override
    public void onMessage(InputStream content) {
        try {
            if (message.isPresent()) {
                throw RefusedException.badInput("the call must have one message, not more");
            }
            message = Optional.of(incoming.read(content));
        } catch (RefusedException e) {
            refuse(e);
        }
    }

    @Override
    public void onHalfClose() {
        timer.cancel(false);
        if (!incoming.hold().receiving()) {
            return;
        }
        if (message.isEmpty()) {
            refuse(RefusedException.badInput("the call must have one message, not none"));
        } else if (handler.accept(incoming.hold())) {
            answer(message.get());
        } else {
            refuse(Admission.tooMany());
        }
    }

    @Override
    public void onCancel() {
        end();
    }

    @Override
    public void onComplete() {
        end();
    }

    private void answer(byte[] request) {
        try {
            UnaryHandler.Response<A> response = handler.answer(new UnaryHandler.Request(incoming, metadata, request));
            if (!call.isCancelled()) {
                call.sendHeaders(response.headers());
                call.sendMessage(response.message());
                call.close(Status.OK, new Metadata());
            }
        } catch (RefusedException e) {
            close(e);
        } catch (RuntimeException e) {
            close(new RefusedException(Refusal.DEFECT, ErrorCategory.shown(e, LOG)));
        }
    }

    /** May be called on any thread, before the message is complete. */
    private void refuse(RefusedException why) {
        if (incoming.hold().refuse()) {
            timer.cancel(false);
            admission.refused(why, incoming.arrivedNanos());
            Thread.ofVirtual().start(() -> close(why));
        }
    }

    private void close(RefusedException why) {
        if (!call.isCancelled()) {
            call.close(Statuses.of(why), Statuses.trailers(why));
        }
    }

    private void end() {
        timer.cancel(false);
        incoming.hold().leave();
    }

    private static RefusedException slow(Duration timeout) {
        return new RefusedException(
                Refusal.SLOW_BODY, "the message took longer than " + timeout.toMillis() + " ms to arrive");
    }
}
