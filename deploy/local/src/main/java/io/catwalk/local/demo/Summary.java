package io.catwalk.local.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.catwalk.client.Classification.Prediction;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.local.demo.ServedPictures.ServedPicture;
import io.catwalk.model.v1.ModelPublished;

/**
 * What the demo ends with.
 *
 * @param report the page with the pictures
 * @param took from the request to the last answer
 */
record Summary(
        DatasetReady dataset,
        EvaluationCompleted evaluation,
        ModelPublished model,
        List<ServedPicture> pictures,
        Path report,
        Duration took) {
    Summary {
        pictures = List.copyOf(pictures);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("dataset %s %s".formatted(model.getDataset(), model.getDatasetDigest()));
        lines.add("run %s, %s".formatted(model.getRunId(), TrainingProgress.minutes(took)));
        lines.add("model %s version %d %s".formatted(model.getModel(), model.getVersion(), model.getModelDigest()));
        lines.add(String.format(
                Locale.ROOT, "test accuracy %.4f", evaluation.getTest().getAccuracy()));
        pictures.forEach(served -> lines.add(line(served)));
        lines.add("report " + report);
        return lines;
    }

    private String line(ServedPicture served) {
        String truth = dataset.getLabelNames(served.picture().label());
        Prediction best = served.answer().best();
        String line = String.format(
                Locale.ROOT,
                "picture %d is %-12s predicted %-12s %.3f",
                served.picture().number(),
                truth,
                best.label(),
                best.probability());
        return best.label().equals(truth) ? line : line + "  wrong";
    }
}
