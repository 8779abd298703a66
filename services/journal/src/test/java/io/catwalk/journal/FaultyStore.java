package io.catwalk.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Function;

import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;

/** A store that fails some calls, by the method and the path that is asked for, until it is mended; it counts its calls. */
public final class FaultyStore {
    private final ObjectStore store;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    public FaultyStore(ObjectStore store) {
        this.store = store;
    }

    /** The store as a process sees it. */
    public ObjectStore view() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    /** Such calls get no usable answer, as with 5xx. */
    public void away(BiPredicate<String, String> methodAndPath) {
        faults.add(new Fault(methodAndPath, path -> new StoreUnavailableException("no answer for " + path)));
    }

    /** Such calls are refused, as with 403. */
    public void refuse(BiPredicate<String, String> methodAndPath) {
        faults.add(new Fault(methodAndPath, path -> new StoreRefusedException("no permission for " + path)));
    }

    public void mend() {
        faults.clear();
    }

    /** How often a method was called, failed calls included. */
    public int calls(String method) {
        return calls.getOrDefault(method, new AtomicInteger()).get();
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        String path = arguments == null ? "" : arguments[0].toString();
        calls.computeIfAbsent(method.getName(), unused -> new AtomicInteger()).incrementAndGet();
        for (Fault fault : faults) {
            if (fault.calls().test(method.getName(), path)) {
                throw fault.failure().apply(path);
            }
        }
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private record Fault(BiPredicate<String, String> calls, Function<String, RuntimeException> failure) {}
}
