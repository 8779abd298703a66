package io.catwalk.local.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Runs another class's {@code main} and ends the process when its standard input does.
 *
 * <p>Standard input is a pipe that the parent keeps open: when the parent is gone, even by SIGKILL, the kernel closes it,
 * the read here reaches the end, and the process shuts down as on SIGTERM.
 */
public final class Tether {
    /** How long the shutdown hooks may take once the starter is gone. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final int STARTER_GONE = 129;

    private Tether() {}

    /** @param arguments the class whose {@code main} is run, then that one's arguments */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        daemon("tether", Tether::exitAtEndOfInput);
        Class<?> target = Class.forName(arguments[0]);
        Object passed = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            target.getMethod("main", String[].class).invoke(null, passed);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            System.exit(1);
        }
    }

    private static void exitAtEndOfInput() {
        awaitEndOfInput();
        daemon("tether-halt", Tether::haltAfterGrace);
        System.exit(STARTER_GONE);
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // What the starter writes means nothing; only the end does.
            }
        } catch (IOException e) {
            // A pipe that can't be read has no starter at its other end.
        }
    }

    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(STARTER_GONE);
    }

    private static void daemon(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }
}
