package io.catwalk.objectstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

import io.catwalk.objectstore.ObjectStore.StoredObject;

/** A store that gives one object's content with a bit flipped the first times that it is read. */
public final class DamagingStore {
    private final ObjectStore store;
    private final ObjectKey key;
    private int damaged;

    private DamagingStore(ObjectStore store, ObjectKey key, int times) {
        this.store = store;
        this.key = key;
        this.damaged = times;
    }

    /** @param times how many readings of the object are damaged */
    public static ObjectStore before(ObjectStore store, ObjectKey key, int times) {
        DamagingStore damaging = new DamagingStore(store, key, times);
        return (ObjectStore) Proxy.newProxyInstance(
                DamagingStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> damaging.call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        Object answer;
        try {
            answer = method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        boolean reads = method.getName().equals("read") || method.getName().equals("open");
        if (reads && key.equals(arguments[0]) && damaged-- > 0) {
            return ((Optional<?>) answer).map(DamagingStore::damaged);
        }
        return answer;
    }

    private static Object damaged(Object content) {
        return switch (content) {
            case StoredObject object -> new StoredObject(flipped(object.content()), object.lastModified());
            case InputStream stream -> new ByteArrayInputStream(flipped(all(stream)));
            default -> throw new IllegalArgumentException("no content: " + content);
        };
    }

    private static byte[] all(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] flipped(byte[] content) {
        byte[] other = content.clone();
        other[other.length - 1] ^= 1;
        return other;
    }
}
