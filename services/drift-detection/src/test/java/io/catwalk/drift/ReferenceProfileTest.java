package io.catwalk.drift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Random;

import org.junit.jupiter.api.Test;

class ReferenceProfileTest {
    private final ReferenceProfile profile = Populations.profile(1_000, new Random(3));

    @Test
    void isReadAsItWasWritten() throws IOException {
        assertThat(ReferenceProfile.read(profile.write())).isEqualTo(profile);
        assertThat(Populations.profile(1_000, new Random(3)).write()).isEqualTo(profile.write());
    }

    @Test
    void eachBinHoldsATenth() {
        assertThat(profile.means().counts()).hasSize(10).allMatch(count -> Math.abs(count - 100) <= 1);
    }

    @Test
    void equalImagesAreOneBin() {
        ProfileBuilder builder = new ProfileBuilder(20, 2);
        for (int image = 0; image < 20; image++) {
            builder.add(new float[] {0.5f, 0.5f}, image % 2);
        }
        ReferenceProfile equal = builder.build(new int[] {10, 10});

        assertThat(equal.means().counts()).containsExactly(20, 0);
        assertThat(equal.mean()).isEqualTo(0.5);
        assertThat(equal.deviation()).isZero();
    }

    @Test
    void knowsAnImagesMeanAndDeviation() {
        ImageStatistics statistics = ImageStatistics.of(new float[] {9, 1, 2, 3, 4, 9}, 1, 4);

        assertThat(statistics.mean()).isEqualTo(2.5);
        assertThat(statistics.deviation()).isCloseTo(Math.sqrt(1.25), within(1e-12));
    }

    @Test
    void laterFieldsArePassedOver() throws IOException {
        String later = new String(profile.write(), UTF_8).replaceFirst("\\{", "{\"later\":[1],");

        assertThat(ReferenceProfile.read(later.getBytes(UTF_8))).isEqualTo(profile);
    }

    @Test
    void refusesWhatIsNoProfile() {
        String json = new String(profile.write(), UTF_8);
        assertThatThrownBy(() -> ReferenceProfile.read(
                        json.replace("\"schema\":1", "\"schema\":2").getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("schema: 2, must be 1");
        assertThatThrownBy(() -> ReferenceProfile.read(
                        json.replace("\"images\":1000", "\"images\":999").getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must hold 999");
        assertThatThrownBy(() -> ReferenceProfile.read("{}".getBytes(UTF_8))).isInstanceOf(IOException.class);
    }
}
