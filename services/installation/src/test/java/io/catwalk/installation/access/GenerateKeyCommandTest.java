package io.catwalk.installation.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;

import io.catwalk.access.GrantedKey;
import io.catwalk.access.KeyFile;
import io.catwalk.access.KeyRing;
import io.catwalk.access.Role;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GenerateKeyCommandTest {
    private final StringWriter out = new StringWriter();
    private final CommandLine command = new CommandLine(new GenerateKeyCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out));

    @Test
    void theEntryThatItPrintsGrantsTheKeyThatItPrints() {
        int status = command.execute(
                "demo-predictor",
                "--roles",
                "predictor,viewer",
                "--models",
                "fashion-*,digits",
                "--requests-per-second",
                "100",
                "--expires",
                "2027-01-01T00:00:00Z");

        assertThat(status).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        List<GrantedKey> keys = KeyFile.read(("{\"keys\":[" + lines.get(1) + "]}").getBytes(UTF_8));
        assertThat(new KeyRing(keys).find(lines.getFirst())).hasValueSatisfying(holder -> {
            assertThat(holder.caller().name()).isEqualTo("demo-predictor");
            assertThat(holder.caller().roles()).containsExactlyInAnyOrder(Role.PREDICTOR, Role.VIEWER);
            assertThat(holder.caller().mayCall("fashion-1")).isTrue();
            assertThat(holder.caller().mayCall("other")).isFalse();
        });
        assertThat(keys.getFirst().requestsPerSecond()).hasValue(100);
        assertThat(keys.getFirst().expires()).hasValue(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void aKeyWithoutMoreOptionsIsUnlimited() {
        command.execute("all", "--roles=admin");

        GrantedKey key = KeyFile.read(
                        ("{\"keys\":[" + out.toString().lines().toList().get(1) + "]}").getBytes(UTF_8))
                .getFirst();
        assertThat(key.models().include("any")).isTrue();
        assertThat(key.requestsPerSecond()).isEmpty();
        assertThat(key.expires()).isEmpty();
    }

    @Test
    void badInputMakesNoKey() {
        for (List<String> words : List.of(
                List.of("Demo", "--roles=admin"),
                List.of("demo", "--roles=root"),
                List.of("demo", "--roles=admin", "--models=a b"),
                List.of("demo", "--roles=admin", "--requests-per-second=0"),
                List.of("demo", "--roles=admin", "--expires=soon"),
                List.of("demo"))) {
            assertThat(command.execute(words.toArray(String[]::new)))
                    .as(words.toString())
                    .isEqualTo(2);
        }
        assertThat(out.toString()).doesNotContain("cw_");
    }
}
