package io.catwalk.history.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.history.CannotCheckException;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.JobPlace;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.objectstore.ObjectTooLargeException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;

/** Reads the bucket, one job, journal or model at a time. A call that the store doesn't answer is made again a few times. */
public final class BucketReader {
    private static final Pattern ENTRY = Pattern.compile("([0-9]{8})\\.json");
    private static final Pattern MANIFEST = Pattern.compile("([1-9][0-9]{0,17})\\.json");
    private static final int MAX_SMALL_BYTES = 1 << 20;
    private static final String WRITER = "history-check";

    private final ObjectStore store;
    private final Retry retry;

    public BucketReader(ObjectStore store, Retry retry) {
        this.store = store;
        this.retry = retry;
    }

    /**
     * What a bucket has of a kind's jobs beside their journals; all of it names alone.
     *
     * @param markers names under {@code open/}
     * @param places in the index, by the jobs' ids
     * @param closed names in the index
     */
    public record KindNames(
            JobKind kind,
            Set<Name> ids,
            Set<String> markers,
            boolean indexBuilt,
            Map<String, List<JobPlace>> places,
            Set<String> closed) {}

    /** Markers and index first: a job that is closed meanwhile then shows as one that was open. */
    public KindNames names(JobKind kind) throws InterruptedException {
        Set<String> markers = namesOf(Artifacts.open(kind));
        boolean built = read(Artifacts.indexed(kind))
                .map(note -> note.path("done").asBoolean())
                .orElse(false);
        Map<String, List<JobPlace>> places = new HashMap<>();
        for (ObjectSummary place : ask(() -> store.list(Artifacts.acceptedDays(kind)))) {
            JobPlace.of(place.name())
                    .ifPresent(known -> places.computeIfAbsent(known.id().value(), id -> new ArrayList<>())
                            .add(known));
        }
        Set<String> closed = namesOf(Artifacts.closed(kind));
        Set<Name> ids = new HashSet<>(Name.among(ask(() -> store.listFolders(Artifacts.all(kind))).stream()));
        return new KindNames(kind, ids, markers, built, places, closed);
    }

    /** One job as it is now; its marker and places are those of the names. */
    public JobSnapshot job(Name id, KindNames names) throws InterruptedException {
        JobKind kind = names.kind();
        String folder = kind.folder() + "/" + id + "/";
        List<ObjectSummary> objects = ask(() -> store.list(new Folder(folder)));
        JournalSnapshot journal = journal(Artifacts.journal(kind, id), objects);
        Optional<Long> closed = names.closed().contains(id.value())
                ? Optional.of(read(Artifacts.closed(kind).key(id.value()))
                        .map(end -> end.path("number").asLong())
                        .orElse(0L))
                : Optional.empty();
        return new JobSnapshot(
                kind,
                id,
                journal,
                names.markers().contains(id.value()),
                below(objects, Artifacts.heartbeats(kind, id)),
                kind == JobKind.RUN ? below(objects, Artifacts.checkpoints(id)) : List.of(),
                kind == JobKind.RUN
                        && objects.stream().anyMatch(object -> object.key().equals(Artifacts.checkpointsExpired(id))),
                new JobSnapshot.Indexed(
                        names.indexBuilt(), names.places().getOrDefault(id.value(), List.of()), closed));
    }

    /** How a job stands now; empty for one that has no journal, or whose newest entry can't be read. */
    public Optional<JobStand> stand(String unit) {
        int slash = unit.indexOf('/');
        Optional<JobKind> kind = Stream.of(JobKind.values())
                .filter(known -> known.folder().equals(unit.substring(0, slash)))
                .findFirst();
        String id = unit.substring(slash + 1);
        if (kind.isEmpty() || !Name.isValid(id)) {
            return Optional.empty();
        }
        try {
            return uninterrupted(() -> ask(() -> journalOf(Artifacts.journal(kind.get(), new Name(id)))
                            .newest()))
                    .map(JobStand::of);
        } catch (UnknownEntryException e) {
            return Optional.empty();
        }
    }

    public List<Name> datasets() throws InterruptedException {
        return Name.among(ask(() -> store.listFolders(Artifacts.datasets())).stream());
    }

    public List<Name> models() throws InterruptedException {
        return Name.among(ask(() -> store.listFolders(Artifacts.models())).stream());
    }

    public List<Name> labels(Name model) throws InterruptedException {
        return Name.among(ask(() -> store.listFolders(Artifacts.modelLabels(model))).stream());
    }

    /** A whole journal. */
    public JournalSnapshot journal(Folder folder) throws InterruptedException {
        return journal(folder, ask(() -> store.list(folder)));
    }

    /** A model's manifests. */
    public ModelSnapshot model(Name model, Function<String, Optional<JobStand>> jobs) throws InterruptedException {
        SortedMap<Long, ModelSnapshot.Version> versions = new TreeMap<>();
        List<String> foreign = new ArrayList<>();
        for (ObjectSummary object : ask(() -> store.list(Artifacts.modelVersions(model)))) {
            Matcher name = MANIFEST.matcher(object.name());
            if (name.matches()) {
                versions.put(Long.valueOf(name.group(1)), version(object.key()));
            } else {
                foreign.add(object.key().path());
            }
        }
        return new ModelSnapshot(model, versions, foreign, jobs);
    }

    private ModelSnapshot.Version version(ObjectKey key) throws InterruptedException {
        byte[] content = content(key).orElse(new byte[0]);
        return new ModelSnapshot.Version(
                key.path(), Digest.of(content).toString(), json(content).filter(JsonNode::isObject));
    }

    /** What a promotion's id was claimed for. */
    public Optional<JsonNode> claim(Name promotionId) {
        return uninterrupted(() -> read(Artifacts.promotion(promotionId)));
    }

    /** The causes of a decision journal's entries. */
    public Set<String> causes(Folder journal) {
        return uninterrupted(() ->
                journal(journal).entries().stream().map(DecisionSnapshot::cause).collect(Collectors.toSet()));
    }

    /** The digest of a version's manifest. */
    public Optional<String> manifestDigest(Name model, long version) {
        return uninterrupted(() -> content(Artifacts.modelVersion(model, version)))
                .map(content -> Digest.of(content).toString());
    }

    /** A blob of JSON; empty where it is missing or isn't that. */
    public Optional<JsonNode> document(Digest digest) throws InterruptedException {
        return read(Artifacts.blob(digest));
    }

    public boolean exists(ObjectKey key) throws InterruptedException {
        return ask(() -> store.exists(key));
    }

    private Journal journalOf(Folder folder) {
        return new Journal(store, folder, WRITER, retry);
    }

    private JournalSnapshot journal(Folder folder, List<ObjectSummary> objects) throws InterruptedException {
        Journal journal = journalOf(folder);
        List<Long> numbers = new ArrayList<>();
        List<Numbered> entries = new ArrayList<>();
        List<JournalSnapshot.Unreadable> unreadable = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (ObjectSummary object : below(objects, folder)) {
            Matcher name = ENTRY.matcher(object.name());
            if (!name.matches() || Long.parseLong(name.group(1)) == 0) {
                foreign.add(object.key().path());
                continue;
            }
            long number = Long.parseLong(name.group(1));
            numbers.add(number);
            try {
                ask(() -> journal.read(number)).ifPresent(entries::add);
            } catch (UnknownEntryException e) {
                unreadable.add(new JournalSnapshot.Unreadable(number, String.valueOf(e.getMessage())));
            }
        }
        return new JournalSnapshot(folder, numbers, entries, unreadable, foreign);
    }

    private Optional<JsonNode> read(ObjectKey key) throws InterruptedException {
        return content(key).flatMap(BucketReader::json);
    }

    private Optional<byte[]> content(ObjectKey key) throws InterruptedException {
        try {
            return ask(() -> store.read(key, MAX_SMALL_BYTES)).map(ObjectStore.StoredObject::content);
        } catch (ObjectTooLargeException e) {
            return Optional.empty();
        }
    }

    private Set<String> namesOf(Folder folder) throws InterruptedException {
        return ask(() -> store.list(folder)).stream().map(ObjectSummary::name).collect(Collectors.toSet());
    }

    private <T> T ask(Supplier<T> question) throws InterruptedException {
        try {
            return retry.untilAnswered(question);
        } catch (StoreUnavailableException | StoreRefusedException e) {
            throw new CannotCheckException(String.valueOf(e.getMessage()), e);
        }
    }

    private static <T> T uninterrupted(Reading<T> reading) {
        try {
            return reading.read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCheckException("interrupted", e);
        }
    }

    private interface Reading<T> {
        T read() throws InterruptedException;
    }

    private static List<ObjectSummary> below(List<ObjectSummary> objects, Folder folder) {
        return objects.stream()
                .filter(object -> object.key().path().startsWith(folder.path()))
                .toList();
    }

    private static Optional<JsonNode> json(byte[] content) {
        try {
            return Optional.of(JournalJson.parse(new String(content, UTF_8)));
        } catch (UnknownEntryException e) {
            return Optional.empty();
        }
    }
}
