package io.catwalk.evaluation.report.page;

import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.scoring.LabelledImages;

/**
 * {@code report.html}: well-formed XML, so that other tools can read it too. Equal reports and images give equal bytes
 * on one JDK, whose PNG encoder the pictures come from.
 */
public final class ReportPage {
    private final PageTemplate template = PageTemplate.named("report.html");

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
        return template.render(PageContent.of(report, test));
    }
}
