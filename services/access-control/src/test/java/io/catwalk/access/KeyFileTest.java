package io.catwalk.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFileTest {
    private static final String HASH = "ab".repeat(32);

    @Test
    void readsAllFields() {
        GrantedKey key =
                KeyFile.read("""
                {"keys":[{"name":"demo-predictor","sha256":"%s","roles":["predictor"],"models":["fashion-*","digits"],
                "requestsPerSecond":100,"expires":"2027-01-01T00:00:00Z"}]}""".formatted(HASH.toUpperCase()).getBytes(UTF_8)).getFirst();

        assertThat(key.name()).isEqualTo("demo-predictor");
        assertThat(key.sha256()).isEqualTo(HASH);
        assertThat(key.roles()).containsExactly(Role.PREDICTOR);
        assertThat(key.models()).satisfies(models -> {
            assertThat(models.include("fashion-1")).isTrue();
            assertThat(models.include("digits")).isTrue();
            assertThat(models.include("digits2")).isFalse();
            assertThat(models.include("fashion")).isFalse();
        });
        assertThat(key.requestsPerSecond()).hasValue(100);
        assertThat(key.expires()).hasValue(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void leavesOutWhatIsntLimited() {
        GrantedKey key = read("{'name':'a','sha256':'%s','roles':['viewer','admin']}".formatted(HASH));

        assertThat(key.models().include("any")).isTrue();
        assertThat(key.requestsPerSecond()).isEmpty();
        assertThat(key.expires()).isEmpty();
    }

    @Test
    void aKeyForNoModelsCallsNone() {
        GrantedKey key = read("{'name':'a','sha256':'%s','roles':['predictor'],'models':[]}".formatted(HASH));

        assertThat(key.models().include("any")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'sha256':'H','roles':['viewer']} | keys[0].name is missing, must be a string",
                "{'name':'Demo','sha256':'H','roles':['viewer']} | keys[0].name is \\\"Demo\\\", must be 1 to 63 characters",
                "{'name':'a','roles':['viewer']} | keys[0].sha256 is missing",
                "{'name':'a','sha256':'abc','roles':['viewer']} | keys[0].sha256 has 3 characters, must be the key's SHA-256",
                "{'name':'a','sha256':'H'} | keys[0].roles is missing, must be an array",
                "{'name':'a','sha256':'H','roles':[]} | keys[0].roles is [], must name one of viewer, predictor, operator, admin",
                "{'name':'a','sha256':'H','roles':['root']} | keys[0].roles[0] is \\\"root\\\", must be one of viewer",
                "{'name':'a','sha256':'H','roles':[1]} | keys[0].roles[0] must be a string",
                "{'name':'a','sha256':'H','roles':['viewer'],'models':['*x']} | keys[0].models[0] is \\\"*x\\\", must be a model's",
                "{'name':'a','sha256':'H','roles':['viewer'],'requestsPerSecond':0} | requestsPerSecond is 0, must be a whole number",
                "{'name':'a','sha256':'H','roles':['viewer'],'requestsPerSecond':1.5} | requestsPerSecond is 1.5, must be a whole",
                "{'name':'a','sha256':'H','roles':['viewer'],'expires':'soon'} | keys[0].expires is \\\"soon\\\", must be a time",
                "{'name':'a','sha256':'H','roles':['viewer'],'key':'x'} | keys[0].\\\"key\\\" is unknown, must be one of [expires,",
                "{'name':'a','name':'b','sha256':'H','roles':['viewer']} | names a field twice, at line 1",
                "1 | keys[0] must be a JSON object"
            })
    void namesTheFieldItsValueAndItsLimit(String entry, String message) {
        assertThatThrownBy(() -> read(entry.replace("'H'", "'" + HASH + "'")))
                .isInstanceOf(InvalidKeyFileException.class)
                .hasMessageContaining(message.replace("\\\"", "\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'name':'a','sha256':'K','roles':['viewer']}",
                "{'name':'K','sha256':'H','roles':['viewer']}",
                "{'name':'a','sha256':'H','roles':['K']}",
                "{'name':'a','sha256':'H','roles':['viewer'],'models':['K*x']}",
                "{'name':'a','sha256':'H','roles':['viewer'],'expires':'K'}",
                "{'name':'a','sha256':'H','roles':['viewer'],'requestsPerSecond':'K'}",
                "{'name':'a','sha256':'H','roles':['viewer'],'key':'K'}",
                "{'name':'a','sha256':'H','roles':['viewer'],'K':'x'}",
                "{'name':'a','sha256':K}"
            })
    void aKeyInTheWrongPlaceIsntShown(String entry) {
        String key = ApiKey.generate(new SecureRandom()).secret();

        assertThatThrownBy(() -> read(entry.replace("'H'", "'" + HASH + "'").replace("K", key)))
                .isInstanceOf(InvalidKeyFileException.class)
                .message()
                .doesNotContain(key.substring(ApiKey.PREFIX.length()));
    }

    @Test
    void namesAndHashesAreUnique() {
        String one = "{'name':'a','sha256':'%s','roles':['viewer']}".formatted(HASH);

        assertThatThrownBy(() -> read(one + "," + one.replace(HASH, "cd".repeat(32))))
                .hasMessage("keys[1].name is \"a\", which another key has too");
        assertThatThrownBy(() -> read(one + "," + one.replace("'a'", "'b'").replace(HASH, HASH.toUpperCase())))
                .hasMessage("keys[1].sha256 is that of another key too");
    }

    @Test
    void refusesOtherFiles() {
        for (String content :
                new String[] {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[]} x", "{\"keys\":[],\"more\":1}"}) {
            assertThatThrownBy(() -> KeyFile.read(content.getBytes(UTF_8)))
                    .as(content)
                    .isInstanceOf(InvalidKeyFileException.class);
        }
        assertThat(KeyFile.read("{\"keys\":[]}".getBytes(UTF_8))).isEmpty();
    }

    private static GrantedKey read(String entries) {
        return KeyFile.read(("{\"keys\":[" + entries.replace('\'', '"') + "]}").getBytes(UTF_8))
                .getFirst();
    }
}
