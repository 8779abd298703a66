package io.catwalk.serving.mirroring;

import io.catwalk.serving.mirroring.Copy.Side;
import io.catwalk.serving.observation.MostProbable;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.window.Tallies;
import io.catwalk.serving.window.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Records what became of copies, in the tally and the metrics of the version on trial. */
final class CopyRecorder {
    private final Tallies tallies;
    private final MeterRegistry meters;

    CopyRecorder(Tallies tallies, MeterRegistry meters) {
        this.tallies = tallies;
        this.meters = meters;
    }

    /**
     * A copy was run.
     *
     * @param nanos that the inference took
     * @param probabilities of its images, as the request's
     */
    void answered(Copy copy, long nanos, float[] probabilities) {
        int images = copy.prediction().count();
        int disagreements = disagreements(copy.prediction().probabilities(), probabilities, images);
        Tally tally = tally(copy);
        if (copy.side() == Side.SHADOW) {
            tally.copyAnswered(nanos, probabilities);
        }
        tally.compared(images, disagreements);
        count(copy, "run");
        Counter.builder("catwalk.rollout.compared")
                .description("Images that a version on trial and stable have both answered")
                .tags(tags(copy))
                .register(meters)
                .increment(images);
        Counter.builder("catwalk.rollout.disagreements")
                .description("Of these, images whose most probable label is another than stable's")
                .tags(tags(copy))
                .register(meters)
                .increment(disagreements);
    }

    /** The version that got the copy has failed. */
    void failed(Copy copy, long nanos) {
        if (copy.side() == Side.SHADOW) {
            tally(copy).copyFailed(nanos);
        }
        count(copy, "failed");
    }

    /** The copy wasn't run, or not to its end. */
    void dropped(Copy copy) {
        tally(copy).copyDropped();
        count(copy, "dropped");
    }

    private Tally tally(Copy copy) {
        return tallies.of(copy.onTrial().served());
    }

    private void count(Copy copy, String outcome) {
        Counter.builder("catwalk.rollout.copies")
                .description("Copies of requests, by what became of them")
                .tags(tags(copy).and("outcome", outcome))
                .register(meters)
                .increment();
    }

    private static Tags tags(Copy copy) {
        Served served = copy.onTrial().served();
        return Tags.of(
                "model", served.version().model().value(),
                "version", Long.toString(served.version().version()),
                "label", copy.side().label());
    }

    private static int disagreements(float[] one, float[] other, int images) {
        int classes = one.length / images;
        int disagreements = 0;
        for (int first = 0; first < one.length; first += classes) {
            if (MostProbable.of(one, first, classes) != MostProbable.of(other, first, classes)) {
                disagreements++;
            }
        }
        return disagreements;
    }
}
