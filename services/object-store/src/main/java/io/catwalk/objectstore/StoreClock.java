package io.catwalk.objectstore;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The store's clock, by the {@code Date} of its answers. Each says when, on that clock, this process's monotonic clock was at
 * zero; the median of the last ones counts. So a wrong {@code Date} among right ones does nothing, and a clock that was set
 * wrong and back is right again after some seconds.
 */
final class StoreClock implements Interceptor {
    /** So many answers outvote a wrong one. */
    static final int FEWEST = 3;

    static final int MOST = 9;
    /** Answers nearer to each other than that count as one, once there are the fewest. */
    static final Duration DISTANCE = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final Deque<Instant> zeros = new ArrayDeque<>();
    private long newest;

    StoreClock() {
        this(System::nanoTime);
    }

    StoreClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The time on the store's clock; empty before {@link #FEWEST} answers have carried it. */
    synchronized Optional<Instant> now() {
        return zeros.size() < FEWEST ? Optional.empty() : Optional.of(median().plusNanos(nanoTime.getAsLong()));
    }

    synchronized void heard(Instant date) {
        long now = nanoTime.getAsLong();
        if (zeros.size() >= FEWEST && now - newest < DISTANCE.toNanos()) {
            return;
        }
        newest = now;
        zeros.addLast(date.minusNanos(now));
        if (zeros.size() > MOST) {
            zeros.removeFirst();
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String date = response.header("Date");
        if (date != null) {
            parse(date).ifPresent(this::heard);
        }
        return response;
    }

    /** The lower one of an even number: no deadline passes early. */
    private Instant median() {
        List<Instant> sorted = zeros.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
