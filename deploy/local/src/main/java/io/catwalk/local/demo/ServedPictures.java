package io.catwalk.local.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.catwalk.client.Classification;
import io.catwalk.client.PipelineException;
import io.catwalk.local.StackView;
import io.catwalk.local.TaskFailedException;
import io.catwalk.local.demo.TestPictures.TestPicture;
import io.catwalk.local.process.Pause;

/** Has pictures classified by the version that was just promoted. */
final class ServedPictures {
    private static final Duration LOADED_WITHIN = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private final StackView stack;
    private final Function<byte[], Classification> classifier;
    private final LongSupplier nanoTime;

    /**
     * @param classifier takes a PNG
     * @param nanoTime as {@link System#nanoTime}
     */
    ServedPictures(StackView stack, Function<byte[], Classification> classifier, LongSupplier nanoTime) {
        this.stack = stack;
        this.classifier = classifier;
        this.nanoTime = nanoTime;
    }

    /** @throws TaskFailedException when no answer of that version comes within a minute */
    List<ServedPicture> classify(List<TestPicture> pictures, long version) {
        Stopwatch waited = new Stopwatch(nanoTime);
        List<ServedPicture> served = new ArrayList<>();
        for (TestPicture picture : pictures) {
            served.add(new ServedPicture(picture, answer(picture, version, waited)));
        }
        return List.copyOf(served);
    }

    private Classification answer(TestPicture picture, long version, Stopwatch waited) {
        String last = "";
        while (waited.elapsed().compareTo(LOADED_WITHIN) <= 0) {
            stack.failure().ifPresent(failure -> {
                throw failure;
            });
            try {
                Classification answer = classifier.apply(picture.png());
                if (answer.version() == version) {
                    return answer;
                }
                last = "version " + answer.version() + " answers";
            } catch (PipelineException e) {
                last = e.getMessage();
            }
            Pause.of(POLL);
        }
        throw Failures.with(
                stack,
                Phase.SERVE,
                "version %d gave no answer within %d s: %s".formatted(version, LOADED_WITHIN.toSeconds(), last));
    }

    /** A picture and what serving says of it. */
    record ServedPicture(TestPicture picture, Classification answer) {}
}
