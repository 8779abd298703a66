package io.catwalk.system.fault;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a {@link FaultSchedule} may do to a process, to its line to broker or store, or to the requests of the store. */
public enum FaultKind {
    KILLED(Means.KILL),
    FROZEN(Means.SIGNAL),
    /** Restarted so that it ends at the next seam of its kind. */
    DIES_AT_SEAM(Means.FAILPOINT),
    DISK_FULL(Means.DISK),
    /** Restarted with a clock that is off. */
    CLOCK_AHEAD(Duration.ofMinutes(10)),
    CLOCK_BEHIND(Duration.ofMinutes(-10)),
    BROKER_AWAY(Means.BROKER_LINE, Line.AWAY),
    BROKER_SILENT(Means.BROKER_LINE, Line.HALF_OPEN),
    BROKER_DELAYED(Means.BROKER_LINE, Line.delayed(Duration.ofMillis(150))),
    BROKER_THROTTLED(Means.BROKER_LINE, Line.throttled(20_000)),
    BROKER_ANSWERS_LOST(Means.BROKER_LINE, Line.ANSWERS_LOST),
    STORE_AWAY(Means.STORE_LINE, Line.AWAY),
    STORE_SILENT(Means.STORE_LINE, Line.HALF_OPEN),
    STORE_DELAYED(Means.STORE_LINE, Line.delayed(Duration.ofMillis(150))),
    STORE_THROTTLED(Means.STORE_LINE, Line.throttled(20_000)),
    REQUESTS_RESET(Means.STORE_REQUESTS, StoreFault.RESET),
    REQUESTS_CUT(Means.STORE_REQUESTS, StoreFault.BODY_CUT),
    REQUESTS_UNAVAILABLE(Means.STORE_REQUESTS, StoreFault.UNAVAILABLE),
    REQUESTS_REFUSED(Means.STORE_REQUESTS, StoreFault.FORBIDDEN),
    WITHOUT_ROOM(Means.STORE_REQUESTS, StoreFault.FULL),
    ANSWERS_CUT(Means.STORE_REQUESTS, StoreFault.ANSWER_CUT),
    ANSWERS_LOST(Means.STORE_REQUESTS, StoreFault.ANSWER_LOST);

    /** By what a fault is caused. */
    public enum Means {
        KILL,
        SIGNAL,
        FAILPOINT,
        DISK,
        CLOCK,
        BROKER_LINE,
        STORE_LINE,
        STORE_REQUESTS
    }

    private final Means means;
    private final Line line;
    private final StoreFault request;
    private final Duration ahead;

    FaultKind(Means means, Line line, StoreFault request, Duration ahead) {
        this.means = means;
        this.line = line;
        this.request = request;
        this.ahead = ahead;
    }

    FaultKind(Means means) {
        this(means, Line.SOUND, StoreFault.NONE, Duration.ZERO);
    }

    FaultKind(Means means, Line line) {
        this(means, line, StoreFault.NONE, Duration.ZERO);
    }

    FaultKind(Means means, StoreFault request) {
        this(means, Line.SOUND, request, Duration.ZERO);
    }

    FaultKind(Duration ahead) {
        this(Means.CLOCK, Line.SOUND, StoreFault.NONE, ahead);
    }

    static List<FaultKind> by(Means... means) {
        return Stream.of(values())
                .filter(kind -> List.of(means).contains(kind.means))
                .toList();
    }

    public Means means() {
        return means;
    }

    /** Whether it begins with a new start of the process. */
    public boolean restarts() {
        return means == Means.FAILPOINT || means == Means.CLOCK;
    }

    /** How a line is meanwhile; sound where the fault is none of a line. */
    public Line line() {
        return line;
    }

    /** What one of several requests to the store meets meanwhile. */
    public StoreFault request() {
        return request;
    }

    /** How far the process' clock is ahead meanwhile; negative where it is behind. */
    public Duration ahead() {
        return ahead;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
