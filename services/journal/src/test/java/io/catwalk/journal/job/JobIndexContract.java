package io.catwalk.journal.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.catwalk.journal.Asker;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Retry;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the index promises on any store. */
abstract class JobIndexContract {
    private static final Retry RETRY = new Retry(Duration.ofMillis(1), Duration.ofMillis(4));
    private static final JobKind KIND = JobKind.RUN;

    private final ObjectStore store;
    private final WrittenJobs written;
    private final Jobs jobs;

    JobIndexContract(ObjectStore store) {
        this.store = store;
        this.written = new WrittenJobs(store, KIND);
        this.jobs = new Jobs(store, KIND, "t1", RETRY);
    }

    @BeforeEach
    void empty() {
        for (String folder : List.of("index/", "open/", "runs/")) {
            store.list(new Folder(folder)).forEach(object -> store.delete(object.key()));
        }
    }

    @Test
    void pagesAreTheNewestFirstAndByIdWithinASecondOverDays() {
        List<JobPlace> places = new ArrayList<>();
        Instant newest = Instant.parse("2026-11-29T12:00:00Z");
        for (int day = 0; day < 3; day++) {
            for (int second = 0; second < 3; second++) {
                Instant accepted = newest.minus(Duration.ofDays(day)).minusSeconds(second);
                for (int twin = 0; twin < 4; twin++) {
                    places.add(new JobPlace(new Name("r-%d-%d-%d".formatted(day, second, twin)), accepted));
                }
            }
        }
        places.reversed().forEach(jobs.index()::add);

        assertThat(jobs.index().places(Optional.empty(), 100)).containsExactlyElementsOf(places);
        for (int size : List.of(1, 5, 12, 36)) {
            assertThat(inPagesOf(size)).containsExactlyElementsOf(places);
        }
    }

    @Test
    void aPlaceIsTakenOnceAndWhatIsNoPlaceIsNone() {
        JobPlace place = new JobPlace(new Name("r1"), Instant.parse("2026-11-29T12:00:00.123Z"));
        jobs.index().add(place);
        jobs.index().add(new JobPlace(new Name("r1"), Instant.parse("2026-11-29T12:00:00Z")));
        for (int i = 0; i < 5; i++) {
            store.put(Artifacts.accepted(KIND, place.day()).key("0-junk-" + i), new byte[0]);
        }
        assertThat(jobs.index().places(Optional.empty(), 2)).containsExactly(place);
        assertThat(JobPlace.of(place.token())).contains(place);
        assertThat(List.of("", "r1", "123-r1", "1234567890-", "1234567890-R", "12345678901-r1"))
                .allMatch(token -> JobPlace.of(token).isEmpty());
    }

    @Test
    void aNewJobIsInItsPlaceAndWhatBecameOfItIsKept() throws InterruptedException {
        Name id = new Name("r1");
        jobs.accept(id, JournalJson.parse("{\"dataset\": \"bars\"}"), "d", Asker.within("a test"));
        Instant begun = jobs.begun(id).orElseThrow();
        assertThat(jobs.index().places(Optional.empty(), 10)).containsExactly(new JobPlace(id, begun));
        assertThat(jobs.index().closed(id)).isEmpty();
    }

    @Test
    void aClosedJobIsReadWithoutItsJournal() throws InterruptedException {
        Job closed = indexed(written.closed("r1", 13, "{\"dataset\": \"bars\"}", "{\"epochs\": 3}"));
        store.list(Artifacts.journal(KIND, closed.id())).forEach(object -> store.delete(object.key()));

        Job known = known(closed.id());
        assertThat(known.fold()).isEqualTo(closed.fold());
        assertThat(known.newest().number()).isEqualTo(13);
        assertThat(known.closed()).isTrue();
    }

    @Test
    void aLongRequestIsLeftOutAndALongStateReadFromTheJournal() throws InterruptedException {
        String longText = "\"" + "x".repeat(20_000) + "\"";
        Job longRequest = indexed(written.closed("r1", 3, longText, "{\"epochs\": 3}"));
        assertThat(known(longRequest.id()).fold().request()).isEmpty();
        assertThat(known(longRequest.id()).fold().state())
                .isEqualTo(longRequest.fold().state());

        Job longState = indexed(written.closed("r2", 3, "{}", longText));
        assertThat(jobs.index().closed(longState.id()).orElseThrow()).hasSizeLessThan(200);
        assertThat(known(longState.id())).isEqualTo(longState);
        written.damaged("r2", 3, "garbage");
        assertThatThrownBy(() -> known(longState.id())).isInstanceOf(UnknownEntryException.class);
    }

    @Test
    void whatTheIndexSaysInALaterWayIsLeftToTheJournal() {
        Name id = new Name("r1");
        store.put(Artifacts.closed(KIND).key("r1"), "{\"way\": 2}".getBytes(UTF_8));
        assertThat(jobs.index().closed(id).flatMap(content -> jobs.index().job(id, content)))
                .isEmpty();
    }

    @Test
    void anOldBucketGetsItsIndexOnce() throws InterruptedException {
        List<Name> old = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            old.add(written.closed("old-" + i, 4));
        }
        old.add(written.open("open", "{}"));
        old.add(written.damaged("garbage", 1, "no entry"));
        old.add(written.damaged("large", 1, "x".repeat((4 << 20) + 1)));
        written.damaged("begun-by-none", 2, "{}");
        IndexBuilder builder = new IndexBuilder(jobs);
        assertThat(builder.done()).isFalse();

        builder.build();

        assertThat(builder.done()).isTrue();
        assertThat(jobs.index().places(Optional.empty(), 100))
                .extracting(JobPlace::id)
                .containsExactlyInAnyOrderElementsOf(old);
        assertThat(old).filteredOn(id -> jobs.index().closed(id).isPresent()).hasSize(7);
    }

    @Test
    void aDeletedIndexIsBuiltAnew() throws InterruptedException {
        written.closed("r1", 4);
        IndexBuilder builder = new IndexBuilder(jobs);
        builder.build();
        List<JobPlace> before = jobs.index().places(Optional.empty(), 10);
        store.list(new Folder("index/")).forEach(object -> store.delete(object.key()));
        assertThat(jobs.index().places(Optional.empty(), 10)).isEmpty();

        builder.build();
        assertThat(jobs.index().places(Optional.empty(), 10)).isEqualTo(before).hasSize(1);
        assertThat(jobs.index().closed(before.getFirst().id())).isPresent();
    }

    /** As in a restored bucket, which has neither index nor markers. */
    @Test
    void theJobsThatAreNotClosedGetTheirMarkersWithTheIndex() throws InterruptedException {
        written.closed("closed", 4);
        written.open("open", "{}");
        written.damaged("garbage", 1, "no entry");
        written.damaged("begun-by-none", 2, "{}");
        jobs.cancel(new Name("only-cancelled"), "too early", Asker.within("a test"));
        assertThat(jobs.open()).isEmpty();

        new IndexBuilder(jobs).build();

        assertThat(jobs.open()).extracting(Name::value).containsExactlyInAnyOrder("open", "garbage");
    }

    private Job indexed(Name id) {
        Job job = jobs.find(id).orElseThrow();
        jobs.index().addClosed(job);
        return job;
    }

    private Job known(Name id) {
        return jobs.index()
                .closed(id)
                .flatMap(content -> jobs.index().job(id, content))
                .orElseThrow();
    }

    private List<JobPlace> inPagesOf(int size) {
        List<JobPlace> all = new ArrayList<>();
        List<JobPlace> page = jobs.index().places(Optional.empty(), size);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = jobs.index().places(Optional.of(page.getLast()), size);
        }
        return all;
    }
}
