package io.catwalk.evaluation.report.page;

import java.util.List;
import java.util.function.Function;

import io.catwalk.evaluation.scoring.LabelledImages;
import io.catwalk.evaluation.scoring.Sample;

/** Samples side by side, each with what it was taken for. */
record Gallery(String id, String title, List<Card> cards) {
    static Gallery correct(List<Sample> samples, List<String> names, LabelledImages images) {
        return gallery("correct", "Classified correctly", samples, images, sample -> {
            String name = names.get(sample.label());
            return new Caption(name, "", name + ", recognised");
        });
    }

    static Gallery wrong(List<Sample> samples, List<String> names, LabelledImages images) {
        return gallery("wrong", "Classified wrongly", samples, images, sample -> {
            String label = names.get(sample.label());
            String predicted = names.get(sample.predicted());
            return new Caption(predicted, "is " + label, label + ", taken for " + predicted);
        });
    }

    private static Gallery gallery(
            String id, String title, List<Sample> samples, LabelledImages images, Function<Sample, Caption> caption) {
        List<Card> cards = samples.stream()
                .map(sample -> card(sample, caption.apply(sample), images))
                .toList();
        return new Gallery(id, title, cards);
    }

    private static Card card(Sample sample, Caption caption, LabelledImages images) {
        return new Card(
                Picture.dataUri(images, sample.index()),
                "Test image " + sample.index() + ": " + caption.description(),
                caption.predicted(),
                caption.truth(),
                PageContent.fourDecimals(sample.probability()));
    }

    private record Caption(String predicted, String truth, String description) {}

    /**
     * @param source the picture as a data URI
     * @param truth what it is, or empty when that is what it was taken for
     * @param probability of the predicted class
     */
    record Card(String source, String description, String predicted, String truth, String probability) {}
}
