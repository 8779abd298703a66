package io.catwalk.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.dataset.v1.DatasetSource;
import io.catwalk.events.request.DatasetPlace;
import io.catwalk.events.request.IngestionRequest;
import io.catwalk.events.request.PictureRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dataset request may hold, and where its source may be. */
class DatasetRequestRulesTest {
    private static final String NAME = "must match [a-z0-9][a-z0-9._-]{0,62}";

    private static final String FOLDER =
            "must be 1 to 1024 characters, none a control character, at most 255 bytes of UTF-8 between two slashes";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"folder\":\"/usr/share/datasets/fashion-mnist\"}",
                "{\"storePrefix\":\"incoming/fashion-mnist/\"}",
                "{\"storePrefix\":\"incoming..2/a.b\"}",
                "{\"url\":\"https://example.org/mnist/\"}",
                "{\"url\":\"http://127.0.0.1:8081/\"}",
                "{\"url\":\"http://[::1]:8081/\"}",
                "{\"url\":\"http://data.example.org\"}",
            })
    void placesThatADatasetMayComeFrom(String source) {
        assertThatNoException()
                .isThrownBy(() -> decode(EventType.DATASET_REQUESTED, "{\"dataset\":\"d\",\"source\":" + source + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://example.org/",
                "HTTPS:example.org",
                "//example.org/",
                "https:///mnist/",
                "https://user:secret@example.org/",
                "https://example.org/?a=b",
                "https://example.org/#a",
                "https://example.org:99999/",
                "https://exa mple.org/",
                "http://169.254.169.254/latest/",
                "http://2852039166/",
                "http://0xa9fea9fe/",
                "http://0251.0376.0251.0376/",
                "http://169.254.43518/",
                "http://999.1.1.1/",
                "http://[fe80::1]/",
                "http://[::ffff:169.254.169.254]/",
                "http://0.0.0.0/",
                "http://[::]/",
                "http://224.0.0.1/",
            })
    void addressesThatNoDatasetMayComeFrom(String url) {
        assertThat(refused(EventType.DATASET_REQUESTED, "{\"dataset\":\"d\",\"source\":{\"url\":\"" + url + "\"}}"))
                .hasMessage("source.url is \"" + url
                        + "\", must be an http or https address as https://example.org/mnist/ without user, query or"
                        + " fragment, whose host is a name or an address that is not link-local, multicast or"
                        + " unspecified, at most 1024 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://b/#/../x",
                "s3://other/incoming/",
                "/incoming/",
                "incoming/../runs/",
                "../runs",
                "incoming/..",
                "./incoming",
                "incoming//a",
                "incoming/%2e%2e/",
                "incoming/#",
                "incoming\\\\a",
                "incoming/a\\u0000",
            })
    void prefixesThatLeadElsewhere(String prefix) {
        assertThat(refused(
                        EventType.DATASET_REQUESTED,
                        "{\"dataset\":\"d\",\"source\":{\"storePrefix\":\"" + prefix + "\"}}"))
                .hasMessage(
                        "source.storePrefix is \"" + prefix
                                + "\", must be a prefix in the own bucket as incoming/fashion-mnist/: segments of letters, digits,"
                                + " '.', '_' and '-', none '.' or '..' or longer than 255 characters, at most 960 characters in all");
    }

    @Test
    void picturesTakeTheirDefaults() {
        var request =
                (DatasetRequested) decode(EventType.DATASET_REQUESTED, """
                        {"dataset":"d","source":{"upload":"u1"},"pictures":{"height":32,"width":48,"channels":3}}""").payload();

        assertThat(IngestionRequest.from(request, "i1").place()).isEqualTo(new DatasetPlace.Uploads());
        assertThat(IngestionRequest.from(request, "i1").pictures())
                .contains(new PictureRequest(Optional.of("u1"), 32, 48, 3, 42, 0.1, 0.1, 0, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'folder':'/f'} | 'channels':2 | pictures.channels is 2, must be one of 1, 3",
                "{'folder':'/f'} | 'channels':1,'height':1025 | pictures.height is 1025, must be 1 to 1024",
                "{'folder':'/f'} | 'channels':1,'archive':'../a.zip' | pictures.archive is \"../a.zip\", must be a file name of"
                        + " letters, digits, '.', '_' and '-', not '.' or '..', at most 255 characters",
                "{'folder':'/f'} | 'channels':1,'archive':'..' | pictures.archive is \"..\", must be a file name of letters,"
                        + " digits, '.', '_' and '-', not '.' or '..', at most 255 characters",
                "{'folder':'/f'} | 'channels':1,'archive':'' | pictures.archive is missing, must be a file name of letters,"
                        + " digits, '.', '_' and '-', not '.' or '..', at most 255 characters",
                "{'upload':'u'} | 'channels':1 | pictures.archive is \"a.zip\", must be left out beside source.upload, which is"
                        + " the archive",
                "{'folder':'/f'} | 'channels':1,'validationShare':0.6,'testShare':0.4 | pictures.validationShare is 0.6, must be"
                        + " below 1 together with the testShare of 0.4",
                "{'folder':'/f'} | 'channels':1,'testShare':0 | pictures.testShare is 0.0, must be above 0 and below 1",
                "{'folder':'/f'} | 'channels':1,'skipUnreadable':1.5 | pictures.skipUnreadable is 1.5, must be 0 to 1",
            })
    void pictureOptionsThatAreRefused(String source, String options, String message) {
        String defaults = options.contains("'archive'") ? "" : "'archive':'a.zip',";
        String height = options.contains("'height'") ? "" : "'height':4,";
        String request = "{'dataset':'d','source':%s,'pictures':{%s%s'width':4,%s}}"
                .formatted(source, defaults, height, options)
                .replace('\'', '"');

        assertThat(refused(EventType.DATASET_REQUESTED, request)).hasMessage(message);
    }

    @Test
    void optionsOfIdxFilesBesidePicturesAndUploadsWithoutThem() {
        String request = "{\"dataset\":\"d\",\"source\":{\"folder\":\"/f\"},%s,"
                + "\"pictures\":{\"archive\":\"a.zip\",\"height\":4,\"width\":4,\"channels\":1}}";

        assertThat(refused(EventType.DATASET_REQUESTED, request.formatted("\"validationSize\":5")))
                .hasMessage("validationSize is 5, must be left out beside pictures, which have a validationShare");
        assertThat(refused(EventType.DATASET_REQUESTED, request.formatted("\"labelNames\":[\"a\",\"b\"]")))
                .hasMessageStartingWith("labelNames is ")
                .hasMessageEndingWith("must be left out beside pictures, which name the classes");
        assertThat(refused(EventType.DATASET_REQUESTED, "{\"dataset\":\"d\",\"source\":{\"upload\":\"u\"}}"))
                .hasMessage("source.upload is \"u\", must be left out without pictures: IDX files aren't uploaded");
    }

    @Test
    void placesAsLongAsFileSystemsAndStoresHoldThem() {
        String segment = "s".repeat(255);
        String umlauts = "ä".repeat(127);
        assertThatNoException().isThrownBy(() -> {
            EventType.DATASET_REQUESTED.check(
                    from(DatasetSource.newBuilder().setFolder("/" + segment + "/" + umlauts)));
            EventType.DATASET_REQUESTED.check(from(DatasetSource.newBuilder().setStorePrefix(segment + "/")));
            EventType.DATASET_REQUESTED.check(from(DatasetSource.newBuilder().setStorePrefix("p/".repeat(480))));
        });
        for (DatasetSource.Builder tooLong : List.of(
                DatasetSource.newBuilder().setFolder("/f/" + segment + "s/g"),
                DatasetSource.newBuilder().setFolder("/" + umlauts + "ä"),
                DatasetSource.newBuilder().setFolder("/f".repeat(513)),
                DatasetSource.newBuilder().setStorePrefix("p/" + segment + "s"),
                DatasetSource.newBuilder().setStorePrefix("p/".repeat(481)))) {
            assertThat(catchThrowableOfType(
                            BadEventException.class, () -> EventType.DATASET_REQUESTED.check(from(tooLong))))
                    .as(tooLong.toString())
                    .hasMessageStartingWith("source.")
                    .hasMessageContaining("255");
        }
    }

    private static DatasetRequested from(DatasetSource.Builder source) {
        return DatasetRequested.newBuilder().setDataset("d").setSource(source).build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"source\":{\"folder\":\"/f\"}} | dataset is missing, " + NAME,
                "{\"dataset\":\"d@sha256:0\",\"source\":{\"folder\":\"/f\"}} | dataset is \"d@sha256:0\", " + NAME,
                "{\"dataset\":\"d\"} | source is missing, must hold one of folder, storePrefix, url, upload",
                "{\"dataset\":\"d\",\"source\":{}} | source is {}, must hold one of folder, storePrefix, url, upload",
                "{\"dataset\":\"d\",\"source\":{\"folder\":\"/f\\u0000\"}} | source.folder is \"/f\\u0000\", " + FOLDER,
                "{\"dataset\":\"d\",\"source\":{\"folder\":\"\"}} | source.folder is \"\", " + FOLDER,
                "{\"dataset\":\"d\",\"source\":{\"folder\":\"/f\"},\"deadline\":\"0.5s\"} | deadline is 0.500s, must be 1s "
                        + "to 2592000s",
                "{\"dataset\":\"d\",\"source\":{\"folder\":\"/f\",\"url\":\"http://h/\"}} | source is "
                        + "{\"folder\":\"/f\",\"url\":\"http://h/\"}, must hold one of folder, storePrefix, url, upload",
                "{\"dataset\":\"d\",\"source\":{\"folder\":\"/f\"},\"validationSize\":0} | validationSize is 0, must be 1 "
                        + "to 100000000",
                "{\"dataset\":\"d\",\"source\":{\"folder\":\"/f\"},\"labelNames\":[\"a\",7,{}]} | labelNames[1] is 7, must "
                        + "be a string",
                "{\"dataset\":\"d\",\"source\":{\"folder\":\"/f\"},\"labelNames\":\"a\"} | labelNames is \"a\", must be 2 "
                        + "to 256 different texts of 1 to 64 characters",
                "{\"dataset\":\"d\",\"source\":{\"folder\":\"/f\"},\"labelNames\":[\"a\",\" \"]} | labelNames is [\"a\", "
                        + "\" \"], must be 2 to 256 different texts of 1 to 64 characters",
                "{\"dataset\":\"d\",\"source\":{\"folder\":\"/f\"},\"labelNames\":[\"a\",\"a\"]} | labelNames is [\"a\", "
                        + "\"a\"], must be 2 to 256 different texts of 1 to 64 characters",
                "{\"dataset\":\"d\",\"source\":{\"folder\":\"/f\"},\"ingestionId\":\"a/b\"} | ingestionId is \"a/b\", "
                        + NAME,
            })
    void datasetRequests(String json, String message) {
        assertThat(refused(EventType.DATASET_REQUESTED, json)).hasMessage(message);
    }

    @Test
    void moreLabelNamesThanAByteHasValues() {
        DatasetRequested request = DatasetRequested.newBuilder()
                .setDataset("d")
                .setSource(DatasetSource.newBuilder().setFolder("/f"))
                .addAllLabelNames(
                        IntStream.range(0, 257).mapToObj(Integer::toString).toList())
                .build();

        assertThat(catchThrowableOfType(BadEventException.class, () -> EventType.DATASET_REQUESTED.check(request)))
                .hasMessageStartingWith("labelNames is [\"0\", \"1\", ")
                .hasMessageEndingWith(", must be 2 to 256 different texts of 1 to 64 characters");
    }

    private static Event<?> decode(EventType<?> type, String json) {
        return Records.DECODER.decode(type, Records.bare(type, json));
    }

    private static BadEventException refused(EventType<?> type, String json) {
        return catchThrowableOfType(BadEventException.class, () -> decode(type, json));
    }
}
