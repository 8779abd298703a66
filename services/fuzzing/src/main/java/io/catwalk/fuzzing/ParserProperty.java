package io.catwalk.fuzzing;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import com.sun.management.ThreadMXBean;

/**
 * What a parser of untrusted input must hold: any input gives a value or one of the parser's documented refusals, in bounded time
 * and heap. Thread-safe.
 */
public final class ParserProperty {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** The first measurements count the loading of classes too, and a pause of the machine is no fault of the parser. */
    private static final int MEASUREMENTS = 4;

    private static final Duration MOST_TIME = Duration.ofSeconds(1);

    private final Set<Class<? extends Exception>> refusals;
    private final long bytesBesides;
    private final long bytesPerByte;

    private ParserProperty(Set<Class<? extends Exception>> refusals, long bytesBesides, long bytesPerByte) {
        this.refusals = Set.copyOf(refusals);
        this.bytesBesides = bytesBesides;
        this.bytesPerByte = bytesPerByte;
    }

    /** @param refusal what the parser may throw, with a message */
    public static ParserProperty refusesWith(Class<? extends Exception> refusal) {
        return new ParserProperty(Set.of(refusal), Long.MAX_VALUE, 0);
    }

    /** With one more refusal. */
    public ParserProperty orWith(Class<? extends Exception> refusal) {
        Set<Class<? extends Exception>> all = new HashSet<>(refusals);
        all.add(refusal);
        return new ParserProperty(all, bytesBesides, bytesPerByte);
    }

    /**
     * With a bound of what one parse allocates on the heap.
     *
     * @param besides bytes that the parser's limits allow for any input
     * @param perByte bytes more for each byte of input
     */
    public ParserProperty allocates(long besides, long perByte) {
        return new ParserProperty(refusals, besides, perByte);
    }

    /**
     * Checks one input.
     *
     * @param length the input's bytes
     * @return the value; empty when the input was refused
     * @throws AssertionError when the parser breaks a bound, or fails with anything but a refusal
     */
    public <T> Optional<T> check(int length, Parse<T> parse) {
        long most = perInput(length);
        Measured<T> measured = measure(parse);
        for (int again = 1; again < MEASUREMENTS && !measured.within(most); again++) {
            measured = measure(parse);
        }
        if (!measured.within(most)) {
            throw new AssertionError("%d bytes took %d ms and %d bytes of heap, at most %d ms and %d bytes are allowed"
                    .formatted(length, measured.nanos / 1_000_000, measured.bytes, MOST_TIME.toMillis(), most));
        }
        return measured.value;
    }

    private long perInput(int length) {
        return bytesBesides == Long.MAX_VALUE ? bytesBesides : bytesBesides + bytesPerByte * length;
    }

    private <T> Measured<T> measure(Parse<T> parse) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long started = System.nanoTime();
        Optional<T> value = parse(parse);
        long nanos = System.nanoTime() - started;
        return new Measured<>(value, nanos, THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }

    private <T> Optional<T> parse(Parse<T> parse) {
        try {
            return Optional.of(parse.parse());
        } catch (Exception e) {
            if (isRefusal(e)) {
                return Optional.empty();
            }
            throw new AssertionError("not a refusal: " + e, e);
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("not a refusal: " + e, e);
        }
    }

    private boolean isRefusal(Exception e) {
        return refusals.stream().anyMatch(refusal -> refusal.isInstance(e))
                && e.getMessage() != null
                && !e.getMessage().isBlank();
    }

    /** Parses the input. */
    @FunctionalInterface
    public interface Parse<T> {
        T parse() throws Exception;
    }

    private record Measured<T>(Optional<T> value, long nanos, long bytes) {
        boolean within(long most) {
            return bytes <= most && nanos <= MOST_TIME.toNanos();
        }
    }
}
