package io.catwalk.evaluation.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.quarkus.qute.Engine;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;

/** A page's frame, with the style and the parts that all pages have in common. */
final class PageTemplate {
    private static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);
    private static final List<String> PARTS = List.of("head", "chart", "gallery");

    private final Template template;
    private final RawString style = new RawString(resource("report.css"));

    private PageTemplate(Template template) {
        this.template = template;
    }

    static PageTemplate named(String name) {
        Engine engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new MarkupEscaper())
                .build();
        PARTS.forEach(part -> engine.putTemplate(part, engine.parse(resource(part + ".html"), HTML)));
        return new PageTemplate(engine.parse(resource(name), HTML));
    }

    /** The page in UTF-8. */
    byte[] render(Object content) {
        return template.data("page", content).data("style", style).render().getBytes(StandardCharsets.UTF_8);
    }

    private static String resource(String name) {
        try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + name, e);
        }
    }
}
