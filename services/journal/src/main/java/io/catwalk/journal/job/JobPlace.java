package io.catwalk.journal.job;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.catwalk.objectstore.Name;

/**
 * Where a job stands among its kind's, the newest first.
 *
 * @param accepted when its journal was begun, on the store's clock, in whole seconds: as exact as every store gives it
 */
public record JobPlace(Name id, Instant accepted) {
    private static final long LAST_SECOND = 9_999_999_999L;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final Pattern TOKEN = Pattern.compile("([0-9]{10})-(" + Name.PATTERN + ")");

    public JobPlace {
        accepted = accepted.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The place that {@link #token} names; empty for what is no such token. */
    public static Optional<JobPlace> of(String token) {
        Matcher matcher = TOKEN.matcher(token);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Instant accepted = Instant.ofEpochSecond(LAST_SECOND - Long.parseLong(matcher.group(1)));
        return Optional.of(new JobPlace(new Name(matcher.group(2)), accepted));
    }

    /** Tokens' byte order is the newest first, and by id among those of one second. Safe in a URL and as a key's segment. */
    public String token() {
        return String.format(Locale.ROOT, "%010d-%s", untilTheLast(), id);
    }

    /** The folder of its day, in the same order. */
    String day() {
        return String.format(Locale.ROOT, "%06d", untilTheLast() / SECONDS_PER_DAY);
    }

    private long untilTheLast() {
        return LAST_SECOND - accepted.getEpochSecond();
    }
}
