package io.catwalk.network.training;

import java.util.LinkedHashMap;
import java.util.Map;

import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.checkpoint.NamedTensor;

/**
 * The network of {@link ReferenceTest} in plain double arithmetic, from the layers' formulas alone: loss by loops,
 * gradients by central differences, Adam as Kingma and Ba wrote it.
 */
final class ReferenceNetwork {
    static final int HEIGHT = 5;
    static final int WIDTH = 4;
    static final int FILTERS = 3;
    static final int HIDDEN = 6;
    static final int CLASSES = 4;

    private static final int POOLED_HEIGHT = 3;
    private static final int POOLED_WIDTH = 2;
    private static final double DIFFERENCE = 1e-6;

    private final Map<String, double[]> weights = new LinkedHashMap<>();
    private final Map<String, double[]> mean = new LinkedHashMap<>();
    private final Map<String, double[]> variance = new LinkedHashMap<>();
    private int steps;

    ReferenceNetwork(Checkpoint first, int weightCount) {
        for (NamedTensor tensor : first.tensors().subList(0, weightCount)) {
            float[] values = tensor.toArray();
            double[] copy = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                copy[i] = values[i];
            }
            weights.put(tensor.name(), copy);
            mean.put(tensor.name(), new double[values.length]);
            variance.put(tensor.name(), new double[values.length]);
        }
    }

    double[] weight(String name) {
        return weights.get(name);
    }

    double[] mean(String name) {
        return mean.get(name);
    }

    double[] variance(String name) {
        return variance.get(name);
    }

    /** The batch's mean cross entropy. */
    double loss(float[] images, int[] labels) {
        double sum = 0;
        for (int image = 0; image < labels.length; image++) {
            double[] logits = logits(images, image * HEIGHT * WIDTH);
            double normalizer = 0;
            for (double logit : logits) {
                normalizer += Math.exp(logit);
            }
            sum += Math.log(normalizer) - logits[labels[image]];
        }
        return sum / labels.length;
    }

    /** One step of Adam with the bias-corrected moments of the paper's algorithm 1, epsilon beside the raw root. */
    void step(float[] images, int[] labels, double rate, double beta1, double beta2, double epsilon) {
        Map<String, double[]> gradients = gradients(images, labels);
        steps++;
        double corrected = rate * Math.sqrt(1 - Math.pow(beta2, steps)) / (1 - Math.pow(beta1, steps));
        gradients.forEach((name, gradient) -> {
            for (int i = 0; i < gradient.length; i++) {
                mean.get(name)[i] = beta1 * mean.get(name)[i] + (1 - beta1) * gradient[i];
                variance.get(name)[i] = beta2 * variance.get(name)[i] + (1 - beta2) * gradient[i] * gradient[i];
                weights.get(name)[i] -= corrected * mean.get(name)[i] / (Math.sqrt(variance.get(name)[i]) + epsilon);
            }
        });
    }

    private Map<String, double[]> gradients(float[] images, int[] labels) {
        Map<String, double[]> gradients = new LinkedHashMap<>();
        weights.forEach((name, values) -> {
            double[] gradient = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                double value = values[i];
                values[i] = value + DIFFERENCE;
                double above = loss(images, labels);
                values[i] = value - DIFFERENCE;
                double below = loss(images, labels);
                values[i] = value;
                gradient[i] = (above - below) / (2 * DIFFERENCE);
            }
            gradients.put(name, gradient);
        });
        return gradients;
    }

    private double[] logits(float[] images, int offset) {
        double[] hidden = dense(pooled(convolved(images, offset)), "dense_1", HIDDEN);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Math.max(0, hidden[i]);
        }
        return dense(hidden, "dense_2", CLASSES);
    }

    /** 3x3, padding SAME, relu; indexed {@code [row][column][filter]}. */
    private double[][][] convolved(float[] images, int offset) {
        double[] kernel = weights.get("conv2d_1.kernel");
        double[] bias = weights.get("conv2d_1.bias");
        double[][][] sums = new double[HEIGHT][WIDTH][FILTERS];
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                for (int filter = 0; filter < FILTERS; filter++) {
                    double sum = bias[filter];
                    for (int i = 0; i < 3; i++) {
                        for (int j = 0; j < 3; j++) {
                            int y = row + i - 1;
                            int x = column + j - 1;
                            if (y >= 0 && y < HEIGHT && x >= 0 && x < WIDTH) {
                                sum += images[offset + y * WIDTH + x] * kernel[(i * 3 + j) * FILTERS + filter];
                            }
                        }
                    }
                    sums[row][column][filter] = Math.max(0, sum);
                }
            }
        }
        return sums;
    }

    /** 2x2 windows, the last row of windows half outside; flattened by rows, columns, filters. */
    private static double[] pooled(double[][][] values) {
        double[] flat = new double[POOLED_HEIGHT * POOLED_WIDTH * FILTERS];
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                for (int filter = 0; filter < FILTERS; filter++) {
                    int index = ((row / 2) * POOLED_WIDTH + column / 2) * FILTERS + filter;
                    flat[index] = Math.max(flat[index], values[row][column][filter]);
                }
            }
        }
        return flat;
    }

    private double[] dense(double[] input, String layer, int units) {
        double[] kernel = weights.get(layer + ".kernel");
        double[] sums = weights.get(layer + ".bias").clone();
        for (int i = 0; i < input.length; i++) {
            for (int unit = 0; unit < units; unit++) {
                sums[unit] += input[i] * kernel[i * units + unit];
            }
        }
        return sums;
    }
}
