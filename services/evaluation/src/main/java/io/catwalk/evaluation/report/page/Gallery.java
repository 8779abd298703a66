package io.catwalk.evaluation.report.page;

import java.util.List;
import java.util.function.Function;

import io.catwalk.evaluation.scoring.LabelledImages;
import io.catwalk.evaluation.scoring.Sample;
import io.catwalk.evaluation.scoring.Suspect;

/**
 * Samples side by side, each with its prediction.
 *
 * @param id unique in the page
 * @param kind the CSS class of its cards
 */
record Gallery(String id, String kind, String title, List<Card> cards) {
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

    static Gallery suspects(List<Suspect> suspects, List<String> names, LabelledImages images) {
        List<Card> cards = suspects.stream()
                .map(suspect -> {
                    String label = names.get(suspect.label());
                    String suggested = names.get(suspect.suggested());
                    return new Card(
                            Picture.dataUri(images, suspect.index()),
                            "Test image " + suspect.index() + ": labelled " + label + ", looks like " + suggested,
                            suggested,
                            "labelled " + label,
                            PageContent.fourDecimals(suspect.suggestedProbability()));
                })
                .toList();
        return new Gallery("suspects", "wrong", "The surest", cards);
    }

    static Gallery disagreements(String id, String title, List<Disputed> disputed, LabelledImages images) {
        List<Card> cards = disputed.stream()
                .map(each -> new Card(
                        Picture.dataUri(images, each.index()),
                        "Test image " + each.index() + ": " + each.label() + ", "
                                + String.join(", ", each.predictions()),
                        String.join(", ", each.predictions()),
                        "is " + each.label(),
                        ""))
                .toList();
        return new Gallery(id, "wrong", title, cards);
    }

    private static Gallery gallery(
            String id, String title, List<Sample> samples, LabelledImages images, Function<Sample, Caption> caption) {
        List<Card> cards = samples.stream()
                .map(sample -> card(sample, caption.apply(sample), images))
                .toList();
        return new Gallery(id, id, title, cards);
    }

    private static Card card(Sample sample, Caption caption, LabelledImages images) {
        return new Card(
                Picture.dataUri(images, sample.index()),
                "Test image " + sample.index() + ": " + caption.description(),
                caption.predicted(),
                caption.truth(),
                PageContent.fourDecimals(sample.probability()));
    }

    /**
     * An image that two models take for different classes.
     *
     * @param index its place in the split
     * @param predictions each model's, as {@code A Shirt}
     */
    record Disputed(int index, String label, List<String> predictions) {}

    private record Caption(String predicted, String truth, String description) {}

    /**
     * @param source the picture as a data URI
     * @param truth its label, or empty when the prediction is right
     * @param probability of the predicted class, or empty where it isn't known
     */
    record Card(String source, String description, String predicted, String truth, String probability) {}
}
