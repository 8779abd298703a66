package io.catwalk.journal.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What identifies a state: all that a step can still read, the same for two states of which one has the two holders
 * exchanged. Of entries before the newest only what they are counts, and of processes that are gone not who they were.
 */
final class Fingerprint {
    private static final int GONE = 7;
    private static final int FIRST_CLIENT = 100;

    private final State state;
    private final boolean exchanged;
    private byte[] bytes = new byte[192];
    private int length;

    private Fingerprint(State state, boolean exchanged) {
        this.state = state;
        this.exchanged = exchanged;
    }

    static String of(State state) {
        byte[] one = new Fingerprint(state, false).encoded();
        byte[] other = new Fingerprint(state, true).encoded();
        return new String(Arrays.compare(one, other) <= 0 ? one : other, StandardCharsets.ISO_8859_1);
    }

    private byte[] encoded() {
        add(state.bucket());
        add(state.broker().size());
        for (Publication event : state.broker()) {
            add(event.number());
            add(event.entry().kind().ordinal());
        }
        for (int place = 0; place < State.HOLDERS; place++) {
            add(state.holder(exchanged ? State.HOLDERS - 1 - place : place));
        }
        state.clients().forEach(this::add);
        add(state.late().size());
        for (LateWrite late : state.late()) {
            boolean ofHolder = 0 <= late.actor() && late.actor() < State.HOLDERS;
            add(ofHolder ? place(late.actor()) : late.actor());
            add(late.write());
        }
        add(state.lateMarker());
        add(state.disturbances());
        return Arrays.copyOf(bytes, length);
    }

    private void add(Bucket bucket) {
        add(bucket.journal().size());
        for (Entry entry : bucket.journal()) {
            add(2 * entry.kind().ordinal() + (entry.event() ? 1 : 0));
        }
        bucket.entry(bucket.newest()).ifPresent(this::add);
        add(bucket.marker());
        add(bucket.accepted());
        add(bucket.closed());
    }

    private void add(Entry entry) {
        Fold fold = entry.fold();
        add(entry.kind().ordinal());
        add(entry.event());
        add(entry.published());
        addWriter(entry.writer());
        add(fold.requested());
        add(fold.claimed());
        addWriter(fold.holder());
        add(fold.cancelled());
        add(fold.outcome().map(outcome -> outcome.ordinal() + 1).orElse(0));
        add(fold.step());
        add(fold.lost());
    }

    private void add(Holder holder) {
        add(holder.phase().ordinal());
        add(holder.sightings());
        add(holder.claimed());
        add(holder.known());
        add(holder.lost());
        add(holder.published());
        add(holder.attempts());
        holder.write().ifPresent(this::add);
    }

    private void add(Client client) {
        add(client.phase().ordinal());
        add(client.mark());
        add(client.answer().map(answer -> answer.ordinal() + 1).orElse(0));
        client.write().ifPresent(this::add);
    }

    private void add(Write write) {
        add(write.number());
        add(write.stands());
        // A write that came too late does nothing, whatever it says.
        if (write.stands() || !state.bucket().has(write.number())) {
            add(write.entry());
        }
    }

    private void addWriter(int writer) {
        int code = writer >= FIRST_CLIENT ? writer - FIRST_CLIENT + 10 : writer == 0 ? 0 : GONE;
        for (int actor = 0; actor < State.HOLDERS; actor++) {
            if (state.holder(actor).writer() == writer) {
                code = 1 + place(actor);
            }
        }
        add(code);
    }

    private int place(int actor) {
        return exchanged ? State.HOLDERS - 1 - actor : actor;
    }

    private void add(boolean flag) {
        add(flag ? 1 : 0);
    }

    private void add(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) value;
    }
}
