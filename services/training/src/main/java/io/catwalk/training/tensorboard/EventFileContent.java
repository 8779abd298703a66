package io.catwalk.training.tensorboard;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

import org.tensorflow.proto.Event;

/** One event file: the format's version, then events that all happened at one time. */
final class EventFileContent {
    private static final String VERSION = "brain.Event:2";
    private static final double NANOS = 1e9;

    private final double time;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    EventFileContent(Instant time) {
        this.time = time.getEpochSecond() + time.getNano() / NANOS;
        add(0, Event.newBuilder().setFileVersion(VERSION));
    }

    /** @param step steps done since the run's start */
    EventFileContent add(long step, Event.Builder event) {
        byte[] data = event.setWallTime(time).setStep(step).build().toByteArray();
        bytes.writeBytes(RecordFrame.of(data));
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
