package io.catwalk.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final Folder FOLDER = Artifacts.journal(JobKind.RUN, new Name("r1"));
    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.fixed(NOW));
    private final Journal journal =
            new Journal(store, FOLDER, "w1", new Retry(Duration.ofMillis(1), Duration.ofMillis(4)));

    @Test
    void writesWhatAPersonCanRead() throws Exception {
        Event event = new Event("epoch-completed", NOW, JournalJson.parse("{\"epoch\":1}"));

        journal.append(0, new Draft(EntryKind.PROGRESS, 0, Optional.of(event), TextNode.valueOf("state")));

        String stored = new String(
                store.read(FOLDER.key("00000001.json"), 4096).orElseThrow().content(), UTF_8);
        assertThat(stored)
                .matches(
                        "\\{\"schema\":2,\"kind\":\"progress\",\"writer\":\"w1\",\"nonce\":\"[0-9a-f-]{36}\",\"published\":0,"
                                + "\"event\":\\{\"type\":\"epoch-completed\",\"time\":\"2026-03-01T10:15:30Z\","
                                + "\"body\":\\{\"epoch\":1}},\"fold\":\"state\"}");
        assertThat(journal.newest().orElseThrow().eventId()).isEqualTo("runs/r1/journal/1");
    }

    @Tag("fault-38")
    @Test
    void leavesEntriesOfALaterReleaseAlone() {
        store.put(
                FOLDER.key("00000001.json"),
                "{\"schema\":3,\"kind\":\"progress\",\"writer\":\"w\",\"nonce\":\"n\",\"published\":0,\"fold\":null}"
                        .getBytes(UTF_8));
        store.put(
                FOLDER.key("00000002.json"),
                "{\"schema\":2,\"kind\":\"merged\",\"writer\":\"w\",\"nonce\":\"n\",\"published\":0,\"fold\":null}"
                        .getBytes(UTF_8));

        assertThatThrownBy(() -> journal.read(1))
                .isInstanceOf(UnknownEntryException.class)
                .hasMessage("runs/r1/journal/1 has schema 3; this release knows 2");
        assertThatThrownBy(() -> journal.read(2))
                .isInstanceOf(UnknownEntryException.class)
                .hasMessageContaining("runs/r1/journal/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no entry", "{\"schema\":{}}", "[]", ""})
    void refusesWhatIsNoEntry(String content) {
        store.put(FOLDER.key("00000001.json"), content.getBytes(UTF_8));

        assertThatThrownBy(() -> journal.read(1))
                .isInstanceOf(UnknownEntryException.class)
                .hasMessage("runs/r1/journal/1 isn't a known Entry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accepted", "taken"})
    void refusesEntriesOfTheEarlierFormat(String kind) {
        store.put(
                FOLDER.key("00000001.json"),
                "{\"schema\":1,\"kind\":\"%s\",\"writer\":\"w\",\"nonce\":\"n\",\"told\":7,\"fold\":null}"
                        .formatted(kind)
                        .getBytes(UTF_8));

        assertThatThrownBy(() -> journal.read(1))
                .isInstanceOf(UnknownEntryException.class)
                .hasMessage(
                        "runs/r1/journal/1 was written by an earlier, incompatible format: schema 1; this release knows 2");
    }

    @Test
    void findsThatAWriterWasOvertaken() throws Exception {
        Draft draft = new Draft(EntryKind.PROGRESS, 0, Optional.empty(), TextNode.valueOf("x"));
        journal.append(0, draft);

        assertThat(journal.append(0, draft)).isInstanceOf(Append.Overtaken.class);
        assertThat(journal.after(0)).hasSize(1);
    }

    @Test
    void appendsNothingThatCannotBeReadBack() throws Exception {
        int most = Journal.MAX_ENTRY_BYTES;
        assertThat(journal.append(0, progress("x".repeat(most - 1_000)))).isInstanceOf(Append.Done.class);

        assertThatThrownBy(() -> journal.append(1, progress("x".repeat(most))))
                .isInstanceOf(EntryTooLargeException.class)
                .hasMessageMatching("entry runs/r1/journal/00000002.json is \\d+ bytes, must be at most 4194304");
        assertThat(journal.after(0)).hasSize(1);
    }

    @Test
    void passesOverWhatALaterReleaseAdds() {
        store.put(FOLDER.key("00000001.json"), """
                {"schema":2,"kind":"progress","writer":"w","nonce":"n","published":0,"later":{"a":[1]},
                 "event":{"type":"epoch-completed","time":"2026-03-01T10:15:30Z","body":{"epoch":1},"later":1},
                 "fold":{"requestDigest":"d","attempts":1,"lost":0,"state":{"x":1},"later":[{}],
                         "holder":{"claimed":2,"writer":"w","later":null},
                         "result":{"outcome":"succeeded","reason":"","later":"l"}}}""".getBytes(UTF_8));

        assertThat(journal.read(1).orElseThrow().entry().event())
                .contains(new Event("epoch-completed", NOW, JournalJson.parse("{\"epoch\":1}")));
    }

    private static Draft progress(String state) {
        return new Draft(EntryKind.PROGRESS, 0, Optional.empty(), TextNode.valueOf(state));
    }
}
