package io.catwalk.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;

class CreateIfAbsentSelfTestTest {
    private static final Name ATTEMPT = new Name("attempt");

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());

    @Test
    void passesOnAnAtomicStoreAndLeavesNothing() throws Exception {
        new CreateIfAbsentSelfTest(store).run(ATTEMPT);

        assertThat(store.list(Artifacts.selfTest(ATTEMPT))).isEmpty();
    }

    @Test
    void findsAStoreThatTellsEveryWriterThatItWon() {
        ObjectStore broken = withCreateIfAbsent((key, content) -> {
            store.put(key, content);
            return true;
        });

        assertThatThrownBy(() -> new CreateIfAbsentSelfTest(broken).run(ATTEMPT))
                .isInstanceOf(BrokenCreateIfAbsentException.class)
                .hasMessageContaining("8 were answered that they created it");
    }

    @Test
    void findsAStoreThatKeepsALosersContent() {
        ObjectStore broken = withCreateIfAbsent((key, content) -> {
            boolean won = store.createIfAbsent(key, content);
            store.put(key, "somebody else".getBytes(UTF_8));
            return won;
        });

        assertThatThrownBy(() -> new CreateIfAbsentSelfTest(broken).run(ATTEMPT))
                .isInstanceOf(BrokenCreateIfAbsentException.class)
                .hasMessageContaining("another writer's content");
    }

    private ObjectStore withCreateIfAbsent(CreateIfAbsent create) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createIfAbsent")) {
                        return create.call((ObjectKey) arguments[0], (byte[]) arguments[1]);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private interface CreateIfAbsent {
        boolean call(ObjectKey key, byte[] content);
    }
}
