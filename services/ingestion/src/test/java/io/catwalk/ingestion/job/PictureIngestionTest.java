package io.catwalk.ingestion.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.ImageSet;
import io.catwalk.dataset.MappedDataset;
import io.catwalk.dataset.PictureOrigin;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.dataset.v1.DatasetSource;
import io.catwalk.dataset.v1.PictureOptions;
import io.catwalk.ingestion.MadePictures;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult.Outcome;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectKey;
import org.junit.jupiter.api.Test;

class PictureIngestionTest extends HandlerFixture {
    private static final Map<String, byte[]> FILES = MadePictures.files(10, 4, 1);

    @Test
    void storesADatasetThatIsReadAsAnyOther() throws Exception {
        byte[] zip = MadePictures.zip(FILES);

        assertThat(ingest("i1", zip).fold().result().orElseThrow().outcome()).isEqualTo(Outcome.SUCCEEDED);

        DatasetReady ready = ready("datasets/tiny/journal/1");
        assertThat(ready.getImageShapeList()).containsExactly(4, 4, 1);
        assertThat(ready.getLabelNamesList()).containsExactly("dark", "light");
        assertThat(List.of(ready.getTrainCount(), ready.getValidationCount(), ready.getTestCount()))
                .containsExactly(16, 2, 2);
        DatasetManifest manifest = datasets.manifest(Digest.parse(ready.getDigest()));
        assertThat(manifest.schema()).isEqualTo(2);
        assertThat(manifest.imageShape()).isEqualTo(new ImageDimensions(4, 4, 1));
        assertThat(manifest.pictures())
                .contains(new PictureOrigin(Digest.of(zip).toString(), 1, 42, 0.1, 0.1));
        assertThat(manifest.counts().test().perClass()).containsExactly(1, 1);
        try (MappedDataset mapped = load(Digest.parse(ready.getDigest()))) {
            ImageSet train = mapped.dataset().splits().train();
            for (int image = 0; image < 16; image++) {
                int first = train.pixel(image, 0, 0, 0);
                assertThat(train.label(image)).isEqualTo(first < 128 ? 0 : 1);
            }
        }
    }

    @Test
    void theSamePicturesGiveTheSameFilesInWhateverOrderTheyCome() throws Exception {
        List<Map.Entry<String, byte[]>> shuffled = new ArrayList<>(FILES.entrySet());
        Collections.shuffle(shuffled, new Random(7));
        Map<String, byte[]> others = new LinkedHashMap<>();
        shuffled.forEach(file -> others.put("renamed/" + file.getKey(), file.getValue()));

        ingest("i1", MadePictures.zip(FILES));
        ingest("i2", MadePictures.zip(others));

        DatasetManifest first = manifest("datasets/tiny/journal/1");
        DatasetManifest second = manifest("datasets/tiny/journal/2");
        assertThat(second.files()).isEqualTo(first.files());
        assertThat(second.pictures()).isNotEqualTo(first.pictures());
    }

    @Test
    void storesTheSameArchiveOnceAndItsReportIsNamedEachTime() throws Exception {
        byte[] zip = MadePictures.zip(FILES);
        ingest("i1", zip);
        store.blobsPut();

        ingest("i2", zip);

        assertThat(store.blobsPut()).isZero();
        assertThat(decision(2).report()).isEqualTo(decision(1).report()).isPresent();
    }

    @Test
    void reportsDuplicatesImbalanceAndWhatWasSkipped() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>(FILES);
        files.put("light/again.png", FILES.get("light/3.png"));
        files.put("dark/contradicts.png", FILES.get("light/3.png"));
        files.put("dark/no picture.txt", "notes".getBytes(StandardCharsets.UTF_8));
        write(MadePictures.zip(files));
        accept(request("i1", PictureOptions.newBuilder().setSkipUnreadable(0.1)));

        assertThat(awaitClosed("i1").fold().result().orElseThrow().outcome()).isEqualTo(Outcome.SUCCEEDED);
        JsonNode report = report(1);
        assertThat(report.path("pictures").asInt()).isEqualTo(22);
        assertThat(report.path("imbalance").asDouble()).isEqualTo(1);
        assertThat(report.path("duplicates").path("contradictory").asInt()).isEqualTo(3);
        assertThat(report.path("duplicates").path("examples")).hasSize(2);
        assertThat(report.path("duplicates")
                        .path("examples")
                        .path(0)
                        .path("split")
                        .asText())
                .isIn("train", "validation", "test");
        assertThat(report.path("unreadableFiles").path(0).asText()).startsWith("dark/no picture.txt: ");
    }

    @Test
    void reportsIdxFilesToo() throws Exception {
        ingest("i1", inFolder());

        JsonNode report = report(1);
        assertThat(report.path("pictures").asInt()).isEqualTo(16);
        assertThat(report.path("classes").path(0).path("name").asText()).isEqualTo("coat");
        assertThat(report.path("duplicates").path("examples")).isEmpty();
    }

    @Test
    void rejectsWhatCantBeReadFileByFileAndStoresNothing() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>(FILES);
        byte[] cut = FILES.get("dark/0.png");
        files.put("dark/cut.png", Arrays.copyOf(cut, cut.length - 20));
        files.put("light/notes.txt", "notes".getBytes(StandardCharsets.UTF_8));

        Job job = ingest("i1", MadePictures.zip(files));

        assertThat(job.fold().result().orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rejected("datasets/tiny/journal/1").getReason())
                .startsWith("2 of 22 files can't be read, at most 0.0 of them may be skipped: dark/cut.png: ")
                .contains("; light/notes.txt: ");
        assertThat(store.blobsPut()).isZero();
    }

    @Test
    void rejectsBombsAndArchivesOverALimit() throws Exception {
        Map<String, byte[]> bomb = Map.of("dark/zeros.bmp", new byte[(1 << 20) + (1 << 19)]);
        assertThat(rejection("i1", MadePictures.zip(bomb))).contains("dark/zeros.bmp");
        byte[] noise = new byte[(1 << 20) + 1];
        new Random(1).nextBytes(noise);
        assertThat(rejection("i2", noise))
                .isEqualTo("pictures.zip has more than the 1048576 bytes that an archive may have");
        assertThat(rejection("i3", new byte[100])).isEqualTo("the archive must be a zip, tar or tar.gz");
        assertThat(rejection("i4", MadePictures.zip(Map.of("../dark/0.png", FILES.get("dark/0.png")))))
                .contains("its path has . or ..");
        assertThat(store.blobsPut()).isZero();
    }

    @Test
    void takesLabelsFromAListInTheArchive() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder list = new StringBuilder("path,label\n");
        FILES.forEach((name, content) -> {
            String flat = name.replace('/', '-');
            files.put(flat, content);
            list.append(flat)
                    .append(',')
                    .append(name.startsWith("dark") ? "night" : "day")
                    .append('\n');
        });
        files.put("labels.csv", list.toString().getBytes(StandardCharsets.UTF_8));
        write(MadePictures.zip(files));

        accept(request("i1", PictureOptions.newBuilder().setLabels("labels.csv")));

        assertThat(awaitClosed("i1").fold().result().orElseThrow().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(ready("datasets/tiny/journal/1").getLabelNamesList()).containsExactly("day", "night");
        accept(request("i2", PictureOptions.newBuilder().setLabels("other.csv")));
        awaitClosed("i2");
        assertThat(rejected("datasets/tiny/journal/2").getReason())
                .isEqualTo("pictures.labels is \"other.csv\", must be the path of a file in pictures.zip");
    }

    @Test
    void rejectsAnArchiveThatIsNotThere() throws Exception {
        accept(request("i1", PictureOptions.newBuilder()));

        awaitClosed("i1");
        assertThat(rejected("datasets/tiny/journal/1").getReason()).isEqualTo(folder + " holds no pictures.zip");
    }

    @Test
    void readsAnArchiveFromAnAllowedAddressAndFromTheBucket() throws Exception {
        byte[] zip = MadePictures.zip(FILES);
        server.put("pictures.zip", zip);
        store.put(new Folder("incoming/").key("pictures.zip"), zip);

        accept(request("i1", PictureOptions.newBuilder()).toBuilder()
                .setSource(atServer())
                .build());
        awaitClosed("i1");
        accept(request("i2", PictureOptions.newBuilder()).toBuilder()
                .setSource(DatasetSource.newBuilder().setStorePrefix("incoming/"))
                .build());
        awaitClosed("i2");

        assertThat(ready("datasets/tiny/journal/2").getDigest())
                .isEqualTo(ready("datasets/tiny/journal/1").getDigest());
    }

    @Test
    void takesPicturesThatLieInTheBucketThemselves() throws Exception {
        FILES.forEach((name, content) -> store.put(new ObjectKey("incoming/own/" + name), content));
        DatasetRequested request = request("i1", PictureOptions.newBuilder()).toBuilder()
                .setSource(DatasetSource.newBuilder().setStorePrefix("incoming/own"))
                .build();
        ingest("i0", MadePictures.zip(FILES));

        for (String id : List.of("i1", "i2")) {
            accept(request.toBuilder()
                    .setIngestionId(id)
                    .setPictures(request.getPictures().toBuilder().clearArchive())
                    .build());
            awaitClosed(id);
        }

        assertThat(manifest("datasets/tiny/journal/2").files())
                .isEqualTo(manifest("datasets/tiny/journal/1").files());
        assertThat(manifest("datasets/tiny/journal/3")).isEqualTo(manifest("datasets/tiny/journal/2"));
        accept(request.toBuilder()
                .setIngestionId("i3")
                .setSource(DatasetSource.newBuilder().setStorePrefix("incoming/none"))
                .setPictures(request.getPictures().toBuilder().clearArchive())
                .build());
        awaitClosed("i3");
        assertThat(rejected("datasets/tiny/journal/4").getReason())
                .isEqualTo("source.storePrefix is \"incoming/none\", but nothing lies there");
    }

    private String rejection(String id, byte[] archive) throws InterruptedException {
        Job job = ingest(id, archive);
        assertThat(job.fold().result().orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
        return job.state(IngestionResult.class).decision().reason();
    }

    private Job ingest(String id, byte[] archive) throws InterruptedException {
        write(archive);
        accept(request(id, PictureOptions.newBuilder()));
        return awaitClosed(id);
    }

    private void write(byte[] archive) {
        MadePictures.write(folder, "pictures.zip", archive);
    }

    private DatasetRequested request(String id, PictureOptions.Builder options) {
        return DatasetRequested.newBuilder()
                .setIngestionId(id)
                .setDataset(DATASET.value())
                .setSource(inFolder())
                .setPictures(options.setArchive("pictures.zip")
                        .setHeight(4)
                        .setWidth(4)
                        .setChannels(1))
                .build();
    }

    private DatasetManifest manifest(String eventId) {
        return datasets.manifest(Digest.parse(ready(eventId).getDigest()));
    }

    private DatasetDecision decision(int entry) {
        return datasets.journal(DATASET).entries().get(entry - 1).decision(DatasetDecision.class);
    }

    private JsonNode report(int entry) {
        byte[] json =
                new Blobs(store).read(Digest.parse(decision(entry).report().orElseThrow()), 1 << 16);
        return JournalJson.parse(new String(json, StandardCharsets.UTF_8));
    }
}
