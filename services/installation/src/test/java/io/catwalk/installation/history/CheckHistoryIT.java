package io.catwalk.installation.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.installation.OnBrokerAndStore;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.ObjectKey;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command on a real broker and store: what it prints, and its exit status. */
class CheckHistoryIT extends OnBrokerAndStore {
    private static final ObjectKey MARKER = new ObjectKey("open/runs/unheard");

    private final StringWriter printed = new StringWriter();

    @Test
    void tellsWhatIsFound() throws Exception {
        assertThat(execute(SECRET_KEY)).isZero();
        assertThat(printed.toString()).contains("journal-contiguous").endsWith("\n0 findings\n");

        bucket().put(MARKER, new byte[0]);
        printed.getBuffer().setLength(0);
        assertThat(execute(SECRET_KEY, "--json")).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(printed.toString());
        assertThat(report.path("total").asLong()).isEqualTo(1);
        assertThat(report.at("/findings/0/rule").asText()).isEqualTo("markers-name-jobs");
        assertThat(report.at("/findings/0/subject").asText()).isEqualTo(MARKER.path());
        assertThat(report.at("/findings/0/next").asText()).isNotEmpty();

        printed.getBuffer().setLength(0);
        assertThat(execute(SECRET_KEY)).isEqualTo(1);
        assertThat(printed.toString())
                .contains("markers-name-jobs  " + MARKER, "  expected  ", "  found     unheard", "  next      ");
        bucket().delete(MARKER);
    }

    @Test
    void saysThatItCannotCheck() {
        assertThat(execute("wrong-keys")).isEqualTo(2);
        assertThat(execute(SECRET_KEY, "--patience=-PT1S")).isEqualTo(2);
        assertThat(execute(SECRET_KEY, "--prefix")).isEqualTo(2);
        assertThat(printed.toString()).isEmpty();
    }

    @Test
    void saysThatTopicsAreMissing() {
        CheckHistoryCommand command =
                new CheckHistoryCommand(brokerConfig(), storeConfig(SECRET_KEY), Optional.of("unheard."));

        assertThat(new CommandLine(command).execute("--patience", "PT0S")).isEqualTo(2);
    }

    private int execute(String secretKey, String... more) {
        CheckHistoryCommand command = new CheckHistoryCommand(brokerConfig(), storeConfig(secretKey), Optional.empty());
        String[] words = new String[more.length + 1];
        words[0] = "--patience=PT0S";
        System.arraycopy(more, 0, words, 1, more.length);
        return new CommandLine(command).setOut(new PrintWriter(printed)).execute(words);
    }

    private static Map<String, Object> brokerConfig() {
        return Map.of("bootstrap.servers", broker().bootstrapServers());
    }

    private static MinioObjectStore bucket() {
        return new MinioObjectStore(storeConfig(SECRET_KEY).settings());
    }
}
