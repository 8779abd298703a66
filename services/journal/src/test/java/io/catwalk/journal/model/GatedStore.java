package io.catwalk.journal.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/** A real process's way to the store: calls that are steps of the model wait for them, all others pass. */
final class GatedStore {
    private static final Pattern ENTRY = Pattern.compile(".*/journal/0*([0-9]+)\\.json");

    private final ObjectStore store;
    private final Gate gate;
    private volatile @Nullable Creation creating;

    GatedStore(ObjectStore store, Gate gate) {
        this.store = store;
        this.gate = gate;
    }

    /** The creation of an entry, which may still land when its process is gone. */
    record Creation(ObjectKey key, byte[] content) {
        void land(ObjectStore store) {
            store.createIfAbsent(key, content);
        }
    }

    /** The store as the process sees it. */
    ObjectStore view() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    /** The last creation of an entry that was asked for. */
    Creation creation() {
        return Optional.ofNullable(creating).orElseThrow();
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        gate.requireAlive();
        String role = Roles.current();
        Optional<String> step = step(role, method.getName(), arguments[0].toString());
        if (step.isEmpty()) {
            return invoke(method, arguments);
        }
        if (step.get().startsWith(Roles.CREATE)) {
            creating = new Creation((ObjectKey) arguments[0], (byte[]) arguments[1]);
        }
        try {
            return call(delivery(role, step.get()), method, arguments);
        } finally {
            gate.called(role);
        }
    }

    private Object call(Delivery delivery, Method method, Object[] arguments) throws Throwable {
        return switch (delivery) {
            case ONCE -> invoke(method, arguments);
            case TWICE -> {
                invoke(method, arguments);
                yield invoke(method, arguments);
            }
            case UNANSWERED -> {
                invoke(method, arguments);
                throw new StoreUnavailableException("the answer was lost");
            }
            case LATE, LOST -> throw new StoreUnavailableException("the call timed out");
        };
    }

    private Delivery delivery(String role, String step) {
        try {
            return gate.pass(role, step);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted", e);
        }
    }

    /** The step that a call is; none for reads of what the step before has found, or can't change any more. */
    private static Optional<String> step(String role, String method, String path) {
        Matcher entry = ENTRY.matcher(path);
        boolean polls = role.equals(Roles.POLL);
        String step = null;
        if (entry.matches() && method.equals("createIfAbsent")) {
            step = Roles.CREATE + entry.group(1);
        } else if (entry.matches() && method.equals("exists") && entry.group(1).equals("1") && !polls) {
            step = Roles.FIND;
        } else if (path.startsWith("open/") && !method.equals("read")) {
            step = method + " marker";
        } else if (path.startsWith("index/") && method.equals("createIfAbsent") && !polls) {
            step = Roles.INDEX_ACCEPTED;
        } else if (path.startsWith("index/") && method.equals("put")) {
            step = Roles.INDEX_CLOSED;
        } else if (path.contains("/heartbeat/") && method.equals("put")) {
            step = Roles.BEAT;
        }
        return Optional.ofNullable(step);
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
