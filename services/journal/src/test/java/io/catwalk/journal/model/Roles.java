package io.catwalk.journal.model;

import java.util.HashMap;
import java.util.Map;

/** The threads of a process, and the calls at which the model says that they wait. */
final class Roles {
    static final String POLL = "poll";
    static final String WORK = "work";
    static final String HEARTBEAT = "heartbeat";
    static final String PUBLISH = "publish";
    static final String CLIENT = "client";

    static final String CREATE = "create ";
    static final String PUBLISH_EVENT = "publish ";
    static final String FIND = "find";
    static final String LIST = "list marker";
    static final String MARK = "put marker";
    static final String UNMARK = "delete marker";
    static final String INDEX_ACCEPTED = "index accepted";
    static final String INDEX_CLOSED = "index closed";
    static final String BEAT = "put heartbeat";
    static final String DO_WORK = "work";

    private Roles() {}

    /** That of this thread: the first word of its name. */
    static String current() {
        return Thread.currentThread().getName().split("-")[0];
    }

    /** The calls at which an actor's threads wait, by their roles. */
    static Map<String, String> calls(State state, int actor) {
        return actor < State.HOLDERS ? calls(state, state.holder(actor)) : calls(state.client(actor));
    }

    private static Map<String, String> calls(State state, Holder holder) {
        Map<String, String> calls = new HashMap<>();
        calls.put(POLL, LIST);
        String own = holder.hasClaim() ? WORK : POLL;
        switch (holder.phase()) {
            case IDLE, AWAIT -> {}
            case CLAIM, RECORD, CONCLUDE, RELEASE, CLOSE ->
                calls.put(WORK, CREATE + holder.write().orElseThrow().number());
            case WORK -> calls.put(WORK, DO_WORK);
            case CHECK -> calls.put(WORK, FIND);
            case INDEX -> calls.put(own, INDEX_CLOSED);
            case UNMARK -> calls.put(own, UNMARK);
        }
        if (holder.hasClaim()) {
            calls.put(HEARTBEAT, BEAT);
        }
        int event = Outboxes.next(state, holder);
        if (holder.hasClaim() && event != Outboxes.NOTHING) {
            calls.put(PUBLISH, PUBLISH_EVENT + event);
        }
        return calls;
    }

    private static Map<String, String> calls(Client client) {
        return switch (client.phase()) {
            case ABSENT, DONE -> Map.of();
            case FIND -> Map.of(CLIENT, FIND);
            case APPEND -> Map.of(CLIENT, CREATE + client.write().orElseThrow().number());
            case INDEX -> Map.of(CLIENT, INDEX_ACCEPTED);
            case MARK -> Map.of(CLIENT, MARK);
        };
    }
}
