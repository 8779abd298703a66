package io.catwalk.installation.retention;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;

/** One process whose calls to the store wait for their turn, and have their effect in one step each. */
final class Actor {
    private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final ObjectStore store;
    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore granted = new Semaphore(0);
    private final StringBuilder heard = new StringBuilder();
    private final Thread thread;
    private volatile boolean finished;
    private volatile boolean dead;

    /** What a process does, by its own way to the store. */
    interface Script {
        void run(ObjectStore store) throws Exception;
    }

    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    Actor(ObjectStore store, Script script) {
        this.store = store;
        ObjectStore gated = (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> call(method, arguments));
        this.thread = Thread.ofVirtual().unstarted(() -> {
            try {
                script.run(gated);
            } catch (Exception e) {
                if (!dead) {
                    heard.append(e).append('\n');
                }
            }
            finished = true;
            arrived.release();
        });
    }

    /** Goes as far as its first call. */
    void start() {
        thread.start();
        arrived.acquireUninterruptibly();
    }

    boolean isFinished() {
        return finished;
    }

    /** Makes its call, and goes as far as the next. */
    void step() {
        granted.release();
        arrived.acquireUninterruptibly();
    }

    /** Ends it where it stands. */
    void kill() {
        dead = true;
        granted.release();
    }

    /** All that it was answered: the same answers lead to the same place. */
    String heard() {
        return heard.toString();
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        Object answer = step(
                method.getName() + (arguments == null ? "" : " " + arguments[0]),
                isSettled(method.getName(), arguments),
                () -> invoke(method, arguments));
        return answer instanceof Runnable prepared ? (Runnable) () -> run(prepared) : answer;
    }

    private void run(Runnable prepared) {
        try {
            step("prepared", false, () -> {
                prepared.run();
                return true;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Object invoke(Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private Object step(String asked, boolean settled, Callable<Object> call) throws Exception {
        if (!settled) {
            arrived.release();
            granted.acquireUninterruptibly();
        }
        if (dead) {
            // Whoever asks next meets the same.
            granted.release();
            throw new Died();
        }
        try {
            Object answer = call.call();
            heard.append(stable(asked + " " + shown(answer))).append('\n');
            return answer;
        } catch (RuntimeException e) {
            heard.append(asked + " " + e.getClass()).append('\n');
            throw e;
        }
    }

    /** Whether its answer is the same at any later time: of what is in nobody's script, and of entries that stand. */
    private boolean isSettled(String method, Object... arguments) {
        if (method.equals("listFolders") || method.equals("open")) {
            return true;
        }
        boolean ofEntry = arguments != null
                && arguments[0] instanceof ObjectKey key
                && key.path().contains("/journal/");
        return ofEntry && !method.equals("createIfAbsent") && store.exists((ObjectKey) arguments[0]);
    }

    private String shown(Object answer) {
        return answer instanceof Runnable
                ? "prepared at " + store.time()
                : String.valueOf(answer).replaceAll("@[0-9a-f]+", "");
    }

    /** Without what is drawn anew each time. */
    static String stable(String text) {
        return RANDOM.matcher(text).replaceAll(found -> "_");
    }

    @Override
    public String toString() {
        return Arrays.toString(heard.toString().split("\n"));
    }
}
