package io.catwalk.training.http;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.Metrics;

/**
 * A run's curves as RFC 4180: one row an epoch, exactly as the journal recorded it, whatever a metrics scrape has seen.
 * The test figures are empty where the run didn't request them.
 */
final class CurvesCsv {
    private static final String HEADER = "epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,"
            + "test_loss,test_accuracy,last_batch_loss,last_batch_accuracy,learning_rate,seconds,images_per_second";

    private CurvesCsv() {}

    static String render(List<EpochCompleted> epochs) {
        return Stream.concat(Stream.of(HEADER), epochs.stream().map(CurvesCsv::row))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String row(EpochCompleted epoch) {
        return String.join(
                ",",
                Integer.toString(epoch.getEpoch()),
                figures(epoch.getTrain()),
                figures(epoch.getValidation()),
                epoch.hasTest() ? figures(epoch.getTest()) : ",",
                figures(epoch.getLastBatch()),
                Double.toString(epoch.getLearningRate()),
                Double.toString(epoch.getSeconds()),
                Double.toString(epoch.getImagesPerSecond()));
    }

    private static String figures(Metrics metrics) {
        return metrics.getLoss() + "," + metrics.getAccuracy();
    }
}
