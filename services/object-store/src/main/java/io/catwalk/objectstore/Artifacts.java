package io.catwalk.objectstore;

import java.util.Set;

/** The bucket's layout: the one place that knows where anything lies. */
public final class Artifacts {
    private static final Set<String> TOP_FOLDERS = Set.of(
            "blobs",
            "datasets",
            "deletions",
            "evaluations",
            "index",
            "ingestions",
            "models",
            "open",
            "rollouts",
            "runs",
            "self-tests",
            "sweeps",
            "uploads");

    private Artifacts() {}

    /** Whether a folder lies where the layout keeps its own: no request may read or write there. */
    public static boolean isOwn(Folder folder) {
        return TOP_FOLDERS.contains(folder.path().substring(0, folder.path().indexOf('/')));
    }

    /** The names of the bucket's folders that the layout knows. */
    public static Set<String> topFolders() {
        return TOP_FOLDERS;
    }

    /** Content by its digest: stored before anything names it, and not deleted while anything does. */
    public static ObjectKey blob(Digest digest) {
        return blobs().key(digest.hex());
    }

    /** All blobs, named by their digests' hex. */
    public static Folder blobs() {
        return new Folder("blobs/sha256/");
    }

    /** Marks of blobs that are about to be deleted, in a folder for each blob. */
    static Folder deletions() {
        return new Folder("deletions/");
    }

    /** Those of one blob, each of one attempt. */
    static Folder deletions(Digest blob) {
        return new Folder("deletions/" + blob.hex() + "/");
    }

    /** All jobs of a kind lie below it, named by their ids. */
    public static Folder all(JobKind kind) {
        return new Folder(kind.folder() + "/");
    }

    /** A job's journal. */
    public static Folder journal(JobKind kind, Name id) {
        return new Folder(kind.folder() + "/" + id + "/journal/");
    }

    /** A job's heartbeats, one object for each {@code claimed} entry. */
    public static Folder heartbeats(JobKind kind, Name id) {
        return new Folder(kind.folder() + "/" + id + "/heartbeat/");
    }

    /** The markers of a kind's jobs that aren't closed, named by their ids. */
    public static Folder open(JobKind kind) {
        return new Folder("open/" + kind.folder() + "/");
    }

    /**
     * Who asked for an event over HTTP that requests jobs of a kind, or their ends. No job is named so: the rights below {@link #all}
     * suffice.
     *
     * @param event of its type, id and content
     */
    public static ObjectKey asked(JobKind kind, Digest event) {
        return asked(kind).key(event.hex() + ".json");
    }

    /** All of a kind. */
    public static Folder asked(JobKind kind) {
        return new Folder(kind.folder() + "/_asked/");
    }

    /** A kind's jobs by the time of their acceptance, in folders of a day each, whose names' order is the newest first. */
    public static Folder acceptedDays(JobKind kind) {
        return new Folder("index/" + kind.folder() + "/accepted/");
    }

    /** Those of one day. */
    public static Folder accepted(JobKind kind, String day) {
        return new Folder(acceptedDays(kind) + day + "/");
    }

    /** What became of a kind's closed jobs, named by their ids. */
    public static Folder closed(JobKind kind) {
        return new Folder("index/" + kind.folder() + "/closed/");
    }

    /** How far a kind's index has been built from the journals. */
    public static ObjectKey indexed(JobKind kind) {
        return new Folder("index/" + kind.folder() + "/").key("built.json");
    }

    /** Where a starting service tries the store's create-if-absent, under a name of its own. */
    public static Folder selfTest(Name attempt) {
        return new Folder("self-tests/" + attempt + "/");
    }

    /** A run's checkpoints, named by their digests' hex. */
    public static Folder checkpoints(Name runId) {
        return new Folder("runs/" + runId + "/checkpoints/");
    }

    /** Noted before the checkpoints that a closed run's journal names are deleted for their age. */
    public static ObjectKey checkpointsExpired(Name runId) {
        return new Folder("runs/" + runId + "/expired/").key("checkpoints");
    }

    /** A run's event files for TensorBoard, whose names' order is that of their events. */
    public static Folder tensorBoard(Name runId) {
        return new Folder("runs/" + runId + "/tensorboard/");
    }

    /** Archives that clients sent, by their ids: deleted by their age. */
    public static Folder uploads() {
        return new Folder("uploads/");
    }

    public static ObjectKey upload(Name id) {
        return uploads().key(id.value());
    }

    /** All datasets' decision journals lie below it. */
    public static Folder datasets() {
        return new Folder("datasets/");
    }

    /** The decision journal of a dataset: which content its name stood for, in order. */
    public static Folder datasetJournal(Name dataset) {
        return new Folder("datasets/" + dataset + "/journal/");
    }

    /** All models lie below it. */
    public static Folder models() {
        return new Folder("models/");
    }

    /** What a promotion's id stands for, whichever model it is of. No model is named so: the rights below {@link #models} suffice. */
    public static ObjectKey promotion(Name promotionId) {
        return new Folder("models/_promotions/").key(promotionId + ".json");
    }

    /** The manifests of a model's versions. */
    public static Folder modelVersions(Name model) {
        return new Folder("models/" + model + "/versions/");
    }

    /** The manifest of a version. */
    public static ObjectKey modelVersion(Name model, long version) {
        return modelVersions(model).key(version + ".json");
    }

    /** All decision journals of a model's labels lie below it. */
    public static Folder modelLabels(Name model) {
        return new Folder("models/" + model + "/labels/");
    }

    /** The decision journal of a label: which version it pointed at, in order. */
    public static Folder labelJournal(Name model, Name label) {
        return new Folder("models/" + model + "/labels/" + label + "/journal/");
    }
}
