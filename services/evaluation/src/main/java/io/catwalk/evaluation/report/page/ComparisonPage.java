package io.catwalk.evaluation.report.page;

import io.catwalk.evaluation.comparison.Comparison;

/** A comparison as one page, as {@link ReportPage} is one: equal comparisons give equal bytes on one JDK. */
public final class ComparisonPage {
    private final PageTemplate template = PageTemplate.named("comparison.html");

    /** The page in UTF-8. */
    public byte[] render(Comparison comparison) {
        return template.render(ComparisonContent.of(comparison));
    }
}
