package io.catwalk.evaluation.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.scoring.LabelledImages;
import io.quarkus.qute.Engine;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;

/**
 * {@code report.html}: well-formed XML, so that other tools can read it too. Equal reports and images give equal bytes
 * on one JDK, whose PNG encoder the pictures come from.
 */
public final class ReportPage {
    private static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);

    private final Template template;
    private final RawString style;

    public ReportPage() {
        Engine engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new MarkupEscaper())
                .build();
        this.template = engine.parse(resource("report.html"), HTML);
        this.style = new RawString(resource("report.css"));
    }

    /**
     * The page in UTF-8.
     *
     * @param test the split that the report's samples were chosen from
     * @throws IllegalArgumentException when it has another number of images than the report's test score
     */
    public byte[] render(EvaluationReport report, LabelledImages test) {
        if (test.count() != report.test().count()) {
            throw new IllegalArgumentException("test images: " + test.count() + ", must be "
                    + report.test().count() + " as the report's");
        }
        return template.data("page", PageContent.of(report, test))
                .data("style", style)
                .render()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + name, e);
        }
    }
}
