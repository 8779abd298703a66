package io.catwalk.installation.prepare;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.catwalk.installation.NotYetException;
import io.catwalk.objectstore.StoreCredentials;
import io.catwalk.objectstore.StoreSettings;
import org.junit.jupiter.api.Test;

class KeylessBucketTest {
    @Test
    void aTokenServiceThatIsAwayIsWaitedFor() {
        URI nobody = URI.create("http://127.0.0.1:1");
        StoreSettings settings = new StoreSettings(
                nobody,
                StoreSettings.USUAL_REGION,
                "catwalk",
                new StoreCredentials.WorkloadIdentity(Optional.of(nobody)),
                Duration.ofSeconds(2));

        assertThatThrownBy(() -> new BucketPreparation(settings).run())
                .isInstanceOf(NotYetException.class)
                .hasMessageStartingWith("no keys for the store: ");
    }
}
