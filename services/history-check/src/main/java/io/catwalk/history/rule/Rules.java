package io.catwalk.history.rule;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import io.catwalk.history.snapshot.BlobSnapshot;
import io.catwalk.history.snapshot.DecisionSnapshot;
import io.catwalk.history.snapshot.EventsSnapshot;
import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.history.snapshot.JobStand;
import io.catwalk.history.snapshot.JournalSnapshot;
import io.catwalk.history.snapshot.LabelSnapshot;
import io.catwalk.history.snapshot.MarkerSnapshot;
import io.catwalk.history.snapshot.ModelSnapshot;
import io.catwalk.history.snapshot.RecordsSnapshot;
import io.catwalk.history.snapshot.RequestSnapshot;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.objectstore.Name;

/** All rules, by what they read. */
public record Rules(
        List<Rule<JournalSnapshot>> journals,
        List<Rule<JobSnapshot>> jobs,
        List<Rule<MarkerSnapshot>> markers,
        List<Rule<DecisionSnapshot>> decisions,
        List<Rule<LabelSnapshot>> labels,
        List<Rule<ModelSnapshot>> models,
        List<Rule<RequestSnapshot>> requests,
        List<Rule<EventsSnapshot>> events,
        List<Rule<RecordsSnapshot>> repeated,
        List<Rule<TopicRecord>> misplaced,
        List<Rule<BlobSnapshot>> blobs) {

    /**
     * @param stand how a job stands, by its unit, as {@code runs/r1}
     * @param manifests the digest of a model's manifest of a version
     */
    public static Rules all(
            Function<String, Optional<JobStand>> stand, BiFunction<Name, Long, Optional<String>> manifests) {
        return new Rules(
                List.of(new JournalReadable(), new JournalContiguous()),
                List.of(
                        new EndedOnce(),
                        new LeaseHeld(),
                        new AskersKept(),
                        new OpenIsMarked(),
                        new OpenIsTakeable(),
                        new IndexAgrees(),
                        new HeartbeatsAreClaims(),
                        new CheckpointsStored(),
                        new SweepRunsExist(stand),
                        new PublishedOnce(manifests)),
                List.of(new MarkersNameJobs()),
                List.of(new DecisionOnce()),
                List.of(new LabelLine(), new LabelTargets(), new PromotionOnce()),
                List.of(new VersionsContiguous(), new VersionAllottedOnce()),
                List.of(new RequestsAccepted()),
                List.of(new EventsPublished(), new EventsPromised(), new EventContent(), new EventOrder()),
                List.of(new RepeatedEvents()),
                List.of(new RecordsAreEvents()),
                List.of(new DigestsStored(), new ContentMatches()));
    }

    /** Their names, in order. */
    public List<String> names() {
        return Stream.of(
                        journals, jobs, markers, decisions, labels, models, requests, events, repeated, misplaced,
                        blobs)
                .flatMap(rules -> rules.stream().map(Rule::name))
                .toList();
    }
}
