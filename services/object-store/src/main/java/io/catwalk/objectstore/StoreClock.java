package io.catwalk.objectstore;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Keeps the newest {@code Date} that the store's answers carried. */
final class StoreClock implements Interceptor {
    private final AtomicReference<@Nullable Instant> latest = new AtomicReference<>();

    Optional<Instant> latest() {
        return Optional.ofNullable(latest.get());
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String date = response.header("Date");
        if (date != null) {
            parse(date).ifPresent(time -> latest.accumulateAndGet(time, StoreClock::later));
        }
        return response;
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Instant later(@Nullable Instant known, @Nullable Instant heard) {
        return known == null || (heard != null && heard.isAfter(known)) ? heard : known;
    }
}
