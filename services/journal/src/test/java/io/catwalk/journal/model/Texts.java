package io.catwalk.journal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** States and steps as people read them. */
final class Texts {
    private static final List<String> ACTORS = List.of("holder A", "holder B", "request", "redelivery", "cancel");

    private Texts() {}

    static String of(Action action) {
        return switch (action) {
            case Action.Poll(int actor) -> name(actor) + " polls";
            case Action.Append(int actor, Delivery delivery) -> name(actor) + " appends" + how(delivery);
            case Action.Work(int actor) -> name(actor) + " works";
            case Action.GiveBack(int actor) -> name(actor) + " gives the job back";
            case Action.Beat(int actor) -> name(actor) + " writes a heartbeat and reads on";
            case Action.Publish(int actor, boolean acknowledged) ->
                name(actor) + " publishes" + (acknowledged ? "" : ", the acknowledgement is lost");
            case Action.Call(int actor, Delivery delivery) -> name(actor) + " makes its next call" + how(delivery);
            case Action.Redeliver(int actor) -> name(actor) + " arrives";
            case Action.Crash(int actor) -> name(actor) + " is killed";
            case Action.Land(int late) -> "late write " + late + " lands";
            case Action.LandMarker() -> "the late marker lands";
        };
    }

    /** What a step changed. */
    static String changes(State before, State after) {
        List<String> changes = new ArrayList<>();
        Bucket bucket = after.bucket();
        for (int number = 1; number <= bucket.journal().size(); number++) {
            Optional<Entry> entry = bucket.entry(number);
            if (entry.isPresent() && !entry.equals(before.bucket().entry(number))) {
                changes.add(of(number, entry.get()));
            }
        }
        if (bucket.marker() != before.bucket().marker()) {
            changes.add(bucket.marker() ? "marker" : "no marker");
        }
        after.broker().stream()
                .skip(before.broker().size())
                .forEach(event -> changes.add("event " + event.number() + " at the broker"));
        for (int actor = 0; actor <= State.CANCELLER; actor++) {
            String now = of(after, actor);
            if (!now.equals(of(before, actor))) {
                changes.add(now);
            }
        }
        return changes.isEmpty() ? "" : "  -> " + String.join("; ", changes);
    }

    static String of(State state) {
        List<Entry> journal = state.bucket().journal();
        String entries = IntStream.rangeClosed(1, journal.size())
                .mapToObj(number -> of(number, journal.get(number - 1)))
                .collect(Collectors.joining(", "));
        String events = state.broker().stream()
                .map(event -> Integer.toString(event.number()))
                .collect(Collectors.joining(", "));
        String late = state.late().stream()
                .map(write -> of(write.write().number(), write.write().entry()))
                .collect(Collectors.joining(", "));
        String actors = IntStream.rangeClosed(0, State.CANCELLER)
                .mapToObj(actor -> of(state, actor))
                .collect(Collectors.joining("\n     "));
        return """
                     journal: %s
                     marker: %s, index: %s%s
                     events: %s
                     late writes: %s%s
                     %s
                """.formatted(
                        entries,
                        state.bucket().marker(),
                        state.bucket().accepted() ? "accepted" : "",
                        state.bucket().closed() ? " closed" : "",
                        events,
                        late,
                        state.lateMarker() ? " marker" : "",
                        actors);
    }

    private static String of(int number, Entry entry) {
        if (entry == Entry.ABSENT) {
            return number + " nothing";
        }
        String outcome =
                entry.fold().outcome().map(result -> " " + lower(result)).orElse("");
        String step = entry.fold().step() == 0 ? "" : " step " + entry.fold().step();
        return number + " " + lower(entry.kind()) + step + outcome
                + (entry.fold().cancelled() ? " (cancelled)" : "");
    }

    private static String of(State state, int actor) {
        if (actor >= State.HOLDERS) {
            Client client = state.client(actor);
            return name(actor) + ": " + lower(client.phase())
                    + client.write()
                            .map(write -> " " + lower(write.entry().kind()) + " as " + write.number())
                            .orElse("")
                    + client.answer().map(answer -> ", " + lower(answer)).orElse("");
        }
        Holder holder = state.holder(actor);
        return name(actor) + ": " + lower(holder.phase())
                + holder.write().map(write -> " " + write.number()).orElse("")
                + (holder.hasClaim() ? ", claim " + holder.claimed() + ", knows " + holder.known() : "")
                + (holder.lost() ? ", lost" : "")
                + (holder.published() == 0 ? "" : ", published " + holder.published())
                + (holder.sightings() == 0 ? "" : ", saw it " + holder.sightings() + " times");
    }

    private static String how(Delivery delivery) {
        return switch (delivery) {
            case ONCE -> "";
            case TWICE -> ", the call is doubled";
            case UNANSWERED -> ", the answer is lost";
            case LATE -> ", the call is late";
            case LOST -> ", the call is lost";
        };
    }

    private static String name(int actor) {
        return ACTORS.get(actor);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
