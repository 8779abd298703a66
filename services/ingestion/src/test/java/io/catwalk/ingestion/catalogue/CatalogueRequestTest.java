package io.catwalk.ingestion.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.catwalk.events.BadEventException;
import io.catwalk.ingestion.IngestionConfig;
import io.catwalk.ingestion.IngestionConfig.CatalogueEntry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class CatalogueRequestTest {
    private static final Map<String, String> DEFAULTS =
            Map.of("catwalk.ingestion.catalogue.fashion-mnist.label-names", "T-shirt/top,Trouser");

    @Test
    void anEntryIsTheSameRequestAtEachStartAndAnotherWhenItChanges() {
        CatalogueRequest request = fashion("/data").orElseThrow();

        assertThat(request.id(1).value()).matches("catalogue-fashion-mnist-[0-9a-f]{12}");
        assertThat(request.id(2).value()).isEqualTo(request.id(1) + ".2");
        assertThat(fashion("/data").orElseThrow().id(1)).isEqualTo(request.id(1));
        assertThat(fashion("/other").orElseThrow().id(1)).isNotEqualTo(request.id(1));
        assertThat(request.named(request.id(1)).getIngestionId())
                .isEqualTo(request.id(1).value());
        assertThat(request.named(request.id(1)).getLabelNamesList()).containsExactly("T-shirt/top", "Trouser");
    }

    @Test
    void theLongestNameStillMakesAnId() {
        CatalogueEntry entry = config(Map.of()).catalogue().get("fashion-mnist");
        String name = "n".repeat(63);

        assertThat(CatalogueRequest.of(name, entry)).isEmpty();
        assertThat(CatalogueRequest.of(name, folderEntry())
                        .orElseThrow()
                        .id(999_999)
                        .value())
                .hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void theEnvironmentGivesThePlaceOfAnEntryWithADashInItsName() {
        assertThat(fashion("/usr/share/fashion")
                        .orElseThrow()
                        .request()
                        .getSource()
                        .getFolder())
                .isEqualTo("/usr/share/fashion");
    }

    @Test
    void anEntryWithoutAPlaceIsNoRequest() {
        assertThat(CatalogueRequest.of(
                        "fashion-mnist", config(Map.of()).catalogue().get("fashion-mnist")))
                .isEmpty();
    }

    @Test
    void refusesSeveralPlacesAndWhatNoRequestMayAskFor() {
        Map<String, String> several = Map.of(
                "CATWALK_INGESTION_CATALOGUE_FASHION_MNIST_FOLDER", "/data",
                "CATWALK_INGESTION_CATALOGUE_FASHION_MNIST_URL", "https://example.org/");
        CatalogueEntry two = config(several).catalogue().get("fashion-mnist");

        assertThatThrownBy(() -> CatalogueRequest.of("fashion-mnist", two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("catwalk.ingestion.catalogue.fashion-mnist has 2 places, must have one of folder, "
                        + "store-prefix and url");
        assertThatThrownBy(() -> CatalogueRequest.of("No Name", folderEntry()))
                .isInstanceOf(BadEventException.class)
                .hasMessageStartingWith("dataset is \"No Name\"");
    }

    private static Optional<CatalogueRequest> fashion(String folder) {
        IngestionConfig config = config(Map.of("CATWALK_INGESTION_CATALOGUE_FASHION_MNIST_FOLDER", folder));
        assertThat(config.catalogue()).containsOnlyKeys("fashion-mnist");
        return CatalogueRequest.of("fashion-mnist", config.catalogue().get("fashion-mnist"));
    }

    private static IngestionConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(
                        new EnvConfigSource(environment, 300), new PropertiesConfigSource(DEFAULTS, "defaults", 100))
                .withMapping(IngestionConfig.class)
                .build()
                .getConfigMapping(IngestionConfig.class);
    }

    private static CatalogueEntry folderEntry() {
        return new CatalogueEntry() {
            @Override
            public Optional<String> folder() {
                return Optional.of("/data");
            }

            @Override
            public Optional<String> storePrefix() {
                return Optional.empty();
            }

            @Override
            public Optional<String> url() {
                return Optional.empty();
            }

            @Override
            public Optional<List<String>> labelNames() {
                return Optional.empty();
            }

            @Override
            public OptionalInt validationSize() {
                return OptionalInt.empty();
            }
        };
    }
}
