package io.catwalk.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.catwalk.local.process.FullDisk;
import io.catwalk.local.process.Signals;
import io.catwalk.local.process.SkewedClock;
import io.catwalk.system.fault.FaultKind;
import io.catwalk.system.fault.FaultSchedule.Planned;
import io.catwalk.system.fault.Line;
import io.catwalk.system.fault.Network;
import io.catwalk.system.fault.StoreFault;

/** Does to a stack what a schedule says, and starts each process that has ended again, as a cluster does. */
final class FaultInjector {
    private static final List<String> PROCESSES = Stream.concat(
                    Stream.of("broker", "store", SecondTrainer.NAME), Network.SERVICES.stream())
            .toList();
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    /** One request of so many meets the fault. */
    private static final int SHARE = 4;

    /** As the chart's probes. */
    private static final Duration PROBES = Duration.ofSeconds(5);

    private static final int FAILED_PROBES = 3;

    private final Pipeline pipeline;
    private final SecondTrainer second;
    private final Map<String, Long> frozen = new HashMap<>();
    private final Map<String, FullDisk> full = new HashMap<>();
    private final Map<String, SkewedClock> clocks = new HashMap<>();
    private final Set<String> killed = new HashSet<>();
    /** Processes that may end by themselves in this round: at a seam, or after their disk was full. */
    private final Set<String> doomed = new HashSet<>();

    private final Map<FaultKind, Integer> ended = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Integer> survived = new EnumMap<>(FaultKind.class);
    private final Map<String, Integer> endings = new TreeMap<>();
    private final Map<String, Integer> failedProbes = new HashMap<>();
    private final List<Planned> current = new ArrayList<>();
    private long nextProbe = System.nanoTime();

    FaultInjector(Pipeline pipeline, SecondTrainer second) {
        this.pipeline = pipeline;
        this.second = second;
    }

    void begin(Planned fault) {
        String place = fault.place();
        current.add(fault);
        switch (fault.kind().means()) {
            case KILL -> {
                kill(place);
                killed.add(place);
            }
            case SIGNAL -> {
                frozen.put(place, pid(place));
                signal(place, "STOP");
            }
            case FAILPOINT -> {
                doomed.add(place);
                pipeline.stack().restart(place, Map.of("CATWALK_FAILPOINT", fault.seam()));
            }
            case DISK -> {
                doomed.add(place);
                full.put(place, FullDisk.of(pid(place)));
            }
            case CLOCK -> {
                SkewedClock clock = clocks.computeIfAbsent(
                        place, service -> SkewedClock.in(pipeline.data().resolve("clock-" + service)));
                clock.set(fault.kind().ahead());
                pipeline.stack().restart(place, clock.environment());
            }
            case BROKER_LINE ->
                pipeline.network().broker(place).set(fault.kind().line());
            case STORE_LINE -> pipeline.network().store(place).set(fault.kind().line());
            case STORE_REQUESTS ->
                pipeline.network()
                        .storeRequests()
                        .disturb(request ->
                                request.number() % SHARE == 0 ? fault.kind().request() : StoreFault.NONE);
        }
    }

    void end(Planned fault) {
        String place = fault.place();
        current.remove(fault);
        ended.merge(fault.kind(), 1, Integer::sum);
        switch (fault.kind().means()) {
            case KILL -> {
                killed.remove(place);
                restart(place);
            }
            case SIGNAL -> {
                signal(place, "CONT");
                frozen.remove(place);
            }
            case FAILPOINT -> {
                restart(place);
                doomed.remove(place);
            }
            case DISK -> full.remove(place).close();
            case CLOCK -> restart(place);
            case BROKER_LINE -> pipeline.network().broker(place).set(Line.SOUND);
            case STORE_LINE -> pipeline.network().store(place).set(Line.SOUND);
            case STORE_REQUESTS -> pipeline.network().storeRequests().heal();
        }
    }

    private long pid(String place) {
        return place.equals(SecondTrainer.NAME)
                ? second.pid()
                : pipeline.stack().pid(place);
    }

    private void kill(String place) {
        if (place.equals(SecondTrainer.NAME)) {
            second.kill();
        } else {
            pipeline.stack().kill(place);
        }
    }

    private void restart(String place) {
        if (place.equals(SecondTrainer.NAME)) {
            second.restart();
        } else {
            pipeline.stack().restart(place);
        }
    }

    private void signal(String place, String signal) {
        long pid = frozen.get(place);
        if (isAlive(pid)) {
            Signals.send(pid, signal);
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /**
     * Starts processes that have ended at a seam or without room on their disk.
     *
     * @throws AssertionError when one has ended that nothing has killed
     */
    void restartEnded() {
        for (String process : PROCESSES) {
            if (!killed.contains(process) && !full.containsKey(process) && !isAlive(pid(process))) {
                if (!doomed.contains(process)) {
                    throw new AssertionError(process + " has ended, and no fault ends it; its faults are " + current);
                }
                endings.merge(process, 1, Integer::sum);
                restart(process);
            }
        }
    }

    /**
     * Asks the services' liveness probes, at most every few seconds.
     *
     * @throws AssertionError when one asks several times in a row for its end, as a cluster would then end it
     */
    void requireAlive() {
        if (System.nanoTime() < nextProbe) {
            return;
        }
        nextProbe = System.nanoTime() + PROBES.toNanos();
        for (String service : Network.SERVICES) {
            boolean failed = !killed.contains(service) && !frozen.containsKey(service) && isFailing(service);
            int failures = failed ? failedProbes.getOrDefault(service, 0) + 1 : 0;
            failedProbes.put(service, failures);
            if (failures >= FAILED_PROBES) {
                throw new AssertionError(service + " says that it isn't alive; its faults are " + current);
            }
        }
    }

    /** One that doesn't listen yet hasn't failed; the client throws checked exceptions too. */
    private boolean isFailing(String service) {
        try {
            return pipeline.probe(service, "live") != 200;
        } catch (Exception e) {
            return false;
        }
    }

    /** What has ended in this round did no lasting harm. */
    void survived() {
        ended.forEach((kind, count) -> survived.merge(kind, count, Integer::sum));
        ended.clear();
    }

    /** Ends all faults and waits until all services are ready. */
    void heal() {
        List.copyOf(current).forEach(this::end);
        pipeline.network().heal();
        await("all services are ready")
                .atMost(READY_WITHIN)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> {
                    restartEnded();
                    return Network.SERVICES.stream().allMatch(this::isReady);
                });
        doomed.clear();
    }

    private boolean isReady(String service) {
        return pipeline.probe(service, "ready") == 200;
    }

    /** How often each fault was survived, and how often processes ended at seams or without room. */
    String table() {
        StringBuilder table = new StringBuilder("fault                  survived\n");
        survived.forEach((kind, count) -> table.append("%-22s %8d%n".formatted(kind, count)));
        endings.forEach((process, count) -> table.append("%-22s %8d%n".formatted(process + " ended", count)));
        return table.toString();
    }
}
