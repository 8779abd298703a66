package io.catwalk.evaluation.job;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;

/** A way to the store on which somebody else comes first, once, just before a key is created. */
final class InterposingStore {
    private final ObjectStore store;
    private final ObjectKey key;
    private final Runnable action;
    private final AtomicBoolean done = new AtomicBoolean();

    InterposingStore(ObjectStore store, ObjectKey key, Runnable action) {
        this.store = store;
        this.key = key;
        this.action = action;
    }

    ObjectStore view() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("createIfAbsent") && arguments[0].equals(key) && done.compareAndSet(false, true)) {
            action.run();
        }
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
