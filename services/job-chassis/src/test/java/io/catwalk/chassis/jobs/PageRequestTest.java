package io.catwalk.chassis.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.objectstore.Name;
import jakarta.ws.rs.BadRequestException;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {
    private static final List<Name> NAMES =
            Stream.of("c", "a", "a-b", "b").map(Name::new).toList();

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "0", "-1", "1001", "1.5", "99999999999", "+5", "٣"})
    void aBadLimitIsNamedWithItsBounds(String limit) {
        assertThatThrownBy(() -> PageRequest.of(Optional.of(limit), Optional.empty()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageMatching("limit is (\\Q" + limit + "\\E|\"\\Q" + limit + "\\E\"), must be 1 to 1000");
    }

    @Test
    void aBadAfterIsNamed() {
        PageRequest request = PageRequest.of(Optional.empty(), Optional.of("Ä".repeat(1000)));
        assertThat(request.limit()).isEqualTo(50);
        assertThatThrownBy(() -> request.of("/datasets", NAMES, Optional::of))
                .isInstanceOf(BadRequestException.class)
                .hasMessageStartingWith("after is \"ÄÄÄ")
                .hasMessageEndingWith(", must match " + Name.PATTERN)
                .message()
                .hasSizeLessThan(250);
    }

    @Test
    void namesComeInPagesWithALinkToTheNext() {
        RestResponse<List<Name>> first = page("2", Optional.empty());
        assertThat(first.getEntity()).extracting(Name::value).containsExactly("a", "a-b");
        assertThat(first.getHeaderString("Link")).isEqualTo("</datasets?limit=2&after=a-b>; rel=\"next\"");
        RestResponse<List<Name>> second = page("2", Optional.of("a-b"));
        assertThat(second.getEntity()).extracting(Name::value).containsExactly("b", "c");
        assertThat(second.getHeaderString("Link")).isNull();
        assertThat(page("1000", Optional.of("c")).getEntity()).isEmpty();
    }

    private static RestResponse<List<Name>> page(String limit, Optional<String> after) {
        return PageRequest.of(Optional.of(limit), after).of("/datasets", NAMES, Optional::of);
    }
}
