package io.catwalk.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Parts of a service's address that come from a browser. */
final class Paths {
    private Paths() {}

    /** One segment, whatever is in it. */
    static String segment(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
    }

    /** A model's version, as evaluation has it. */
    static String version(String model, String number) {
        return "/models/" + segment(model) + "/versions/" + segment(number);
    }

    /** What a list's page comes after. */
    static String after(Optional<String> place) {
        return field("after", place);
    }

    /** A query's field, where it is given. */
    static String field(String name, Optional<String> value) {
        return value.filter(text -> !text.isEmpty())
                .map(text -> "&" + name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .orElse("");
    }
}
