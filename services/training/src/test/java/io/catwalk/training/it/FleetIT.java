package io.catwalk.training.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fleets of trainers on one broker and store: each has a run of its own, a dead one's is taken up, and each run ends once. */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(6);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MISSED = 4;
    /** How late a poll may be for each trainer, as they share the cores of one machine, on which each trains. */
    private static final Duration SCHEDULING = Duration.ofSeconds(2);

    /** The most that a run may have: far more than there is time for. */
    private static final int ENDLESS = 10_000;

    private final TrainingStack stack = TrainingStack.start();

    @AfterAll
    void stop() {
        stack.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void sharesItsRunsAndTakesUpADeadOnesAndEachEndsOnce(int trainers) {
        List<ReplicaProcess> fleet = new ArrayList<>();
        try {
            for (int number = 0; number < trainers; number++) {
                fleet.add(Trainers.start(name(trainers, number), "training", Optional.empty(), environment())
                        .awaitReady());
            }
            List<Name> endless = request(trainers, "endless", trainers, ENDLESS);
            await().atMost(TIMEOUT).until(() -> holders(endless).size() == trainers);

            takeUp(fleet, trainers, endless);

            endless.forEach(run -> fleet.getLast().post("/runs/" + run + "/cancel", ""));
            awaitEnded(endless);
            fleet.getFirst().close();
            fleet.set(
                    0,
                    Trainers.start(name(trainers, trainers), "training", Optional.empty(), environment())
                            .awaitReady());
            List<Name> small = request(trainers, "small", 3 * trainers, 1);
            awaitEnded(small);
            assertThat(small)
                    .allSatisfy(run -> assertThat(
                                    stack.jobs().find(run).orElseThrow().fold().result())
                            .contains(JobResult.succeeded()));
            await().atMost(TIMEOUT).until(() -> stack.jobs().open().isEmpty());
        } finally {
            fleet.forEach(ReplicaProcess::close);
        }
    }

    /** A trainer without a run takes up that of one that was killed, once its lease is over. */
    private void takeUp(List<ReplicaProcess> fleet, int trainers, List<Name> endless) {
        Name freed = heldBy(name(trainers, 1), endless);
        assertThat(fleet.getLast().post("/runs/" + freed + "/cancel", "").statusCode())
                .isEqualTo(202);
        awaitEnded(List.of(freed));
        Name orphan = heldBy(name(trainers, 0), endless);
        long claimed = newestClaim(orphan).number();
        await().atMost(TIMEOUT).until(() -> heartbeat(orphan, claimed).isPresent());
        fleet.getFirst().kill();
        Instant heard = heartbeat(orphan, claimed).orElseThrow();
        await().atMost(TIMEOUT).until(() -> newestClaim(orphan).number() > claimed);

        Instant taken = appended(orphan, newestClaim(orphan).number());
        Duration lease = POLL.multipliedBy(MISSED);
        assertThat(taken)
                .as("when the lease is over, and at the next poll")
                .isAfterOrEqualTo(heard.plus(lease.minus(POLL)))
                .isBeforeOrEqualTo(heard.plus(lease).plus(POLL).plus(SCHEDULING.multipliedBy(trainers)));
        System.out.printf(
                Locale.ROOT,
                "%d trainers: a dead one's run was claimed %d ms after its last heartbeat; the lease is %d ms, a poll %d ms%n",
                trainers,
                Duration.between(heard, taken).toMillis(),
                lease.toMillis(),
                POLL.toMillis());
    }

    private List<Name> request(int trainers, String kind, int runs, int epochs) {
        List<Name> names = IntStream.range(0, runs)
                .mapToObj(run -> new Name("fleet-%d-%s-%d".formatted(trainers, kind, run)))
                .toList();
        names.forEach(run -> stack.request(run, epochs));
        return names;
    }

    /** Each with one result, published once under one id. */
    private void awaitEnded(List<Name> runs) {
        await().atMost(TIMEOUT)
                .until(() -> runs.stream()
                        .allMatch(run ->
                                stack.jobs().find(run).filter(Job::closed).isPresent()));
        assertThat(runs).allSatisfy(run -> {
            assertThat(entries(run, EntryKind.RESULT)).hasSize(1);
            assertThat(stack.published(run).stream()
                            .filter(event -> Set.of("training-completed", "training-failed")
                                    .contains(event.type().topic()))
                            .map(event -> event.id())
                            .distinct())
                    .hasSize(1);
        });
    }

    /** The trainers that hold runs. */
    private Set<String> holders(List<Name> runs) {
        return runs.stream().flatMap(run -> holder(run).stream()).collect(Collectors.toSet());
    }

    private Optional<String> holder(Name run) {
        return stack.jobs().find(run).flatMap(job -> job.fold().holder()).map(holder -> holder.writer());
    }

    private Name heldBy(String trainer, List<Name> runs) {
        return runs.stream()
                .filter(run -> holder(run)
                        .filter(writer -> writer.startsWith(trainer + "/"))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    private Numbered newestClaim(Name run) {
        return entries(run, EntryKind.CLAIMED).getLast();
    }

    private List<Numbered> entries(Name run, EntryKind kind) {
        return stack.jobs().history(run).stream()
                .filter(entry -> entry.entry().kind() == kind)
                .toList();
    }

    private Optional<Instant> heartbeat(Name run, long claim) {
        return stack.store().list(Artifacts.heartbeats(JobKind.RUN, run)).stream()
                .filter(beat -> beat.name().equals(Long.toString(claim)))
                .map(ObjectSummary::lastModified)
                .findFirst();
    }

    /** By a listing, which is more exact than an object's header. */
    private Instant appended(Name run, long number) {
        return stack.store().list(Artifacts.journal(JobKind.RUN, run)).stream()
                .filter(entry -> entry.name().equals("%08d.json".formatted(number)))
                .map(ObjectSummary::lastModified)
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(stack.environment());
        environment.put("CATWALK_JOBS_POLL", POLL.toMillis() + "ms");
        environment.put("CATWALK_JOBS_MISSED", Integer.toString(MISSED));
        return environment;
    }

    private static String name(int trainers, int number) {
        return "fleet-%d-%d".formatted(trainers, number);
    }
}
