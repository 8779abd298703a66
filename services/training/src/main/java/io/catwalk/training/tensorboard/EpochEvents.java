package io.catwalk.training.tensorboard;

import java.time.Instant;
import java.util.List;

import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.Metrics;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * What is shown of an epoch, at the step that it ended with: {@code loss/..} and {@code accuracy/..} of each set of images,
 * {@code learning_rate}, {@code images_per_second}, and the spread of each weight as {@code weights/..}.
 */
public final class EpochEvents {
    private EpochEvents() {}

    /**
     * The same bytes for the same arguments.
     *
     * @param time of the epoch's event
     * @param epoch its figures, as the journal has them
     * @param weights after it
     */
    public static byte[] file(Instant time, EpochCompleted epoch, List<WeightHistogram> weights) {
        return new EventFileContent(time)
                .add(epoch.getStep(), Event.newBuilder().setSummary(scalars(epoch)))
                .add(epoch.getStep(), Event.newBuilder().setSummary(histograms(weights)))
                .toBytes();
    }

    private static Summary scalars(EpochCompleted epoch) {
        Summary.Builder summary = Summary.newBuilder();
        addFigures(summary, "train", epoch.getTrain());
        addFigures(summary, "last_batch", epoch.getLastBatch());
        addFigures(summary, "validation", epoch.getValidation());
        if (epoch.hasTest()) {
            addFigures(summary, "test", epoch.getTest());
        }
        return summary.addValue(scalar("learning_rate", epoch.getLearningRate()))
                .addValue(scalar("images_per_second", epoch.getImagesPerSecond()))
                .build();
    }

    private static void addFigures(Summary.Builder summary, String set, Metrics figures) {
        summary.addValue(scalar("loss/" + set, figures.getLoss()))
                .addValue(scalar("accuracy/" + set, figures.getAccuracy()));
    }

    private static Summary.Value scalar(String tag, double value) {
        return Summary.Value.newBuilder()
                .setTag(tag)
                .setSimpleValue((float) value)
                .build();
    }

    private static Summary histograms(List<WeightHistogram> weights) {
        Summary.Builder summary = Summary.newBuilder();
        weights.stream()
                .filter(weight -> weight.spread().getNum() > 0)
                .forEach(weight -> summary.addValue(Summary.Value.newBuilder()
                        .setTag("weights/" + weight.weight())
                        .setHisto(weight.spread())));
        return summary.build();
    }
}
