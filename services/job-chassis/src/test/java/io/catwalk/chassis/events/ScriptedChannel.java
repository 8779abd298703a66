package io.catwalk.chassis.events;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** An outgoing channel that keeps its messages, and acknowledges them at once or on request. */
final class ScriptedChannel implements Emitter<byte[]> {
    private final boolean acknowledges;
    private final List<Message<byte[]>> messages = new ArrayList<>();

    ScriptedChannel(boolean acknowledges) {
        this.acknowledges = acknowledges;
    }

    @Override
    public synchronized <M extends Message<? extends byte[]>> void send(M message) {
        messages.add(message.withPayload(message.getPayload()));
        if (acknowledges) {
            message.ack();
        }
    }

    synchronized List<Message<byte[]>> messages() {
        return List.copyOf(messages);
    }

    @Override
    public CompletionStage<Void> send(byte[] payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void complete() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void error(Exception failure) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean hasRequests() {
        return true;
    }
}
