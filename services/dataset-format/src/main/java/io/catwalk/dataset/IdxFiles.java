package io.catwalk.dataset;

/**
 * The four files of a dataset, as whatever stands for one: a source, a path, a digest.
 *
 * @param trainImages the training and validation images
 * @param trainLabels their labels
 * @param testImages the test images
 * @param testLabels their labels
 */
public record IdxFiles<T>(T trainImages, T trainLabels, T testImages, T testLabels) {
    /** Makes something of one file, knowing which kind it is. */
    @FunctionalInterface
    public interface Step<T, R, E extends Exception> {
        R apply(IdxKind kind, T file) throws E;
    }

    /** Applies a step to each file, in the order of the components. */
    public <R, E extends Exception> IdxFiles<R> map(Step<T, R, E> step) throws E {
        return new IdxFiles<>(
                step.apply(IdxKind.IMAGES, trainImages),
                step.apply(IdxKind.LABELS, trainLabels),
                step.apply(IdxKind.IMAGES, testImages),
                step.apply(IdxKind.LABELS, testLabels));
    }
}
