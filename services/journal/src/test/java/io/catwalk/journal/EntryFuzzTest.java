package io.catwalk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.journal.job.JobFold;
import org.junit.jupiter.params.provider.MethodSource;

class EntryFuzzTest {
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(UnknownEntryException.class).allocates(1 << 19, 500);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{`schema`:2,`kind`:`ACCEPTED`,`writer`:`w`,`nonce`:`n`,`published`:0,`fold`:{`state`:`WAITING`,`request`:{}}}",
                        "{`schema`:2,`kind`:`CLAIMED`,`writer`:`w`,`nonce`:`n`,`published`:1,`event`:{`type`:`t`,`time`:`2026-03-01T11:00:00Z`,`payload`:{}},`fold`:{}}",
                        "null",
                        "[]",
                        "{}")
                .map(text -> text.replace('`', '"').getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] json) {
        PROPERTY.check(json.length, () -> JournalJson.record(json, Entry.class, "here"))
                .filter(entry -> entry.schema() == Entry.SCHEMA)
                .ifPresent(entry -> {
                    assertThat(entry.kind()).isNotNull();
                    PROPERTY.check(json.length, () -> JournalJson.record(entry.fold(), JobFold.class));
                });
    }
}
