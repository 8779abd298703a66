package io.catwalk.serving.protocol.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

import io.catwalk.serving.protocol.admission.Admission;
import io.catwalk.serving.protocol.admission.BodyBuffer;
import io.catwalk.serving.protocol.admission.Hold;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.Context;
import io.grpc.KnownLength;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * A call's message from its first byte: its bytes are charged to the budget as they arrive, before the message is complete.
 * Thread-safe.
 */
final class IncomingMessage extends ServerStreamTracer {
    private static final Context.Key<IncomingMessage> KEY = Context.key("catwalk-incoming-message");
    private static final int PART_BYTES = 1 << 13;
    /** What grpc-java keeps of each DATA frame besides its content until the message is complete, from above: some 70 bytes. */
    private static final int FRAME_BYTES = 128;

    private final Admission admission;
    private final int maxBytes;
    private final long arrivedNanos = System.nanoTime();
    private final Hold hold;
    private final BodyBuffer inflated;
    private volatile Consumer<RefusedException> refuser = why -> {};
    private long size;
    private long charged;
    private boolean released;

    IncomingMessage(Admission admission, int maxBytes) {
        this.admission = admission;
        this.maxBytes = maxBytes;
        this.hold = admission.hold(this::release);
        this.inflated = admission.buffer(Long.MAX_VALUE);
    }

    /** That of the current call. */
    static IncomingMessage current() {
        return KEY.get();
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    Hold hold() {
        return hold;
    }

    /** @param refuser receives the reason why the rest of the message isn't wanted */
    void whenRefused(Consumer<RefusedException> refuser) {
        this.refuser = refuser;
    }

    /**
     * Reads the complete message, inflated.
     *
     * @throws RefusedException with {@code TOO_LARGE}, {@code OVERLOADED} or {@code BAD_INPUT} when it can't be inflated
     */
    byte[] read(InputStream message) {
        try {
            return message instanceof KnownLength ? whole(message) : inflate(message);
        } catch (StatusRuntimeException e) {
            throw BodyBuffer.tooLarge(maxBytes);
        } catch (IOException e) {
            throw RefusedException.badInput(
                    "the message isn't compressed as its grpc-encoding says: " + e.getMessage());
        }
    }

    /**
     * Takes memory for what is made of the message.
     *
     * @throws RefusedException with {@code TOO_LARGE} when it is too much for any message, {@code OVERLOADED} at the moment
     */
    void charge(long bytes) {
        if (bytes > maxBytes) {
            throw new RefusedException(
                    Refusal.TOO_LARGE,
                    "the message's values and fields take " + bytes + " bytes of memory besides its own, at most "
                            + maxBytes + " are allowed; raw bytes take none");
        }
        if (!reserve(bytes)) {
            throw BodyBuffer.noMemory();
        }
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(KEY, this);
    }

    /** Is called for each DATA frame of the message. */
    @Override
    public void inboundWireSize(long bytes) {
        if (!reserve(bytes + FRAME_BYTES)) {
            refuser.accept(BodyBuffer.noMemory());
        }
    }

    @Override
    public void streamClosed(Status status) {
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && hold.refuse()) {
            admission.refused(BodyBuffer.tooLarge(maxBytes), arrivedNanos);
        }
        hold.leave();
    }

    private static byte[] whole(InputStream message) throws IOException {
        byte[] content = new byte[message.available()];
        message.readNBytes(content, 0, content.length);
        return content;
    }

    private byte[] inflate(InputStream message) throws IOException {
        byte[] part = new byte[PART_BYTES];
        for (int read = message.read(part); read >= 0; read = message.read(part)) {
            append(part, read);
        }
        return inflated.content();
    }

    private synchronized void append(byte[] part, int count) {
        if (!released) {
            inflated.append(part, count);
        }
    }

    /** @return false when there is no room */
    private synchronized boolean reserve(long bytes) {
        if (released) {
            return true;
        }
        size += bytes;
        if (!admission.budget().reserve(bytes, size)) {
            return false;
        }
        charged += bytes;
        return true;
    }

    private synchronized void release() {
        released = true;
        admission.budget().release(charged);
        inflated.close();
    }
}
