package io.catwalk.network.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

import io.catwalk.network.Network;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.ActivationLayer;
import io.catwalk.network.layer.AveragePool;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.DepthwiseConv2d;
import io.catwalk.network.layer.Dropout;
import io.catwalk.network.layer.FeatureShape;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.Padding;
import io.catwalk.network.layer.PlacedLayer;
import io.catwalk.network.layer.ResidualBlock;
import io.catwalk.network.layer.Window;

/** The layers' formulas in plain double arithmetic, image by image where the batch doesn't matter. */
final class Float64Layers {
    private static final double NO_VALUE = Double.NEGATIVE_INFINITY;

    private final Network network;
    private final Map<String, double[]> weights;
    private final boolean training;
    private final Map<String, double[]> runningFigures = new HashMap<>();

    private Float64Layers(Network network, Map<String, double[]> weights, boolean training) {
        this.network = network;
        this.weights = weights;
        this.training = training;
    }

    static Float64Layers training(Network network, Map<String, double[]> weights) {
        return new Float64Layers(network, weights, true);
    }

    static Float64Layers inference(Network network, Map<String, double[]> weights) {
        return new Float64Layers(network, weights, false);
    }

    Map<String, double[]> runningFigures() {
        return runningFigures;
    }

    List<double[]> logits(float[] images, int count) {
        List<double[]> batch = new ArrayList<>();
        int size = (int) network.input().size();
        for (int image = 0; image < count; image++) {
            double[] values = new double[size];
            for (int i = 0; i < size; i++) {
                values[i] = images[image * size + i];
            }
            batch.add(values);
        }
        return row(network.placedLayers(), batch);
    }

    private List<double[]> row(List<PlacedLayer> layers, List<double[]> input) {
        List<double[]> batch = input;
        for (PlacedLayer layer : layers) {
            DoubleUnaryOperator activation = activation(layer.layer().activation());
            batch = apply(layer, batch).stream()
                    .map(values -> Arrays.stream(values).map(activation).toArray())
                    .toList();
        }
        return batch;
    }

    private List<double[]> apply(PlacedLayer placed, List<double[]> batch) {
        return switch (placed.layer()) {
            case ActivationLayer layer -> batch;
            case Dropout layer -> throw new AssertionError("random");
            case Flatten layer -> batch;
            case BatchNorm layer -> normalised(placed, layer, batch);
            case ResidualBlock layer -> residual(placed, batch);
            case Dense layer ->
                batch.stream().map(values -> dense(placed, layer, values)).toList();
            case Conv2d layer ->
                batch.stream().map(values -> convolved(placed, layer, values)).toList();
            case DepthwiseConv2d layer ->
                batch.stream().map(values -> depthwise(placed, layer, values)).toList();
            case MaxPool layer ->
                batch.stream()
                        .map(values -> pooled(placed, layer.window(), values, true))
                        .toList();
            case AveragePool layer ->
                batch.stream()
                        .map(values -> pooled(placed, layer.window(), values, false))
                        .toList();
            case GlobalAveragePool layer ->
                batch.stream().map(values -> averaged(placed, values)).toList();
        };
    }

    private double[] weight(PlacedLayer placed, String name) {
        return weights.get(placed.name() + "." + name);
    }

    private double[] dense(PlacedLayer placed, Dense layer, double[] input) {
        double[] kernel = weight(placed, "kernel");
        double[] sums = weight(placed, "bias").clone();
        for (int i = 0; i < input.length; i++) {
            for (int unit = 0; unit < layer.units(); unit++) {
                sums[unit] += input[i] * kernel[i * layer.units() + unit];
            }
        }
        return sums;
    }

    private double[] convolved(PlacedLayer placed, Conv2d layer, double[] values) {
        double[] kernel = weight(placed, "kernel");
        Slide slide = new Slide(placed, layer.window());
        double[] sums = new double[(int) placed.output().size()];
        slide.each((y, x, i, j, row, column) -> {
            for (int in = 0; in < slide.input.channels(); in++) {
                for (int out = 0; out < layer.filters(); out++) {
                    int from = (i * layer.window().side() + j) * slide.input.channels() + in;
                    sums[slide.output(y, x, out)] +=
                            values[slide.input(row, column, in)] * kernel[from * layer.filters() + out];
                }
            }
        });
        return layer.bias() ? withBias(sums, weight(placed, "bias")) : sums;
    }

    private double[] depthwise(PlacedLayer placed, DepthwiseConv2d layer, double[] values) {
        double[] kernel = weight(placed, "kernel");
        Slide slide = new Slide(placed, layer.window());
        double[] sums = new double[(int) placed.output().size()];
        slide.each((y, x, i, j, row, column) -> {
            for (int in = 0; in < slide.input.channels(); in++) {
                for (int m = 0; m < layer.multiplier(); m++) {
                    int from = (i * layer.window().side() + j) * slide.input.channels() + in;
                    sums[slide.output(y, x, in * layer.multiplier() + m)] +=
                            values[slide.input(row, column, in)] * kernel[from * layer.multiplier() + m];
                }
            }
        });
        return layer.bias() ? withBias(sums, weight(placed, "bias")) : sums;
    }

    private static double[] withBias(double[] sums, double[] bias) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += bias[i % bias.length];
        }
        return sums;
    }

    private static double[] pooled(PlacedLayer placed, Window window, double[] values, boolean largest) {
        Slide slide = new Slide(placed, window);
        double[] pooled = new double[(int) placed.output().size()];
        double[] counts = new double[pooled.length];
        if (largest) {
            Arrays.fill(pooled, NO_VALUE);
        }
        slide.each((y, x, i, j, row, column) -> {
            for (int channel = 0; channel < slide.input.channels(); channel++) {
                int at = slide.output(y, x, channel);
                double value = values[slide.input(row, column, channel)];
                pooled[at] = largest ? Math.max(pooled[at], value) : pooled[at] + value;
                counts[at]++;
            }
        });
        for (int i = 0; i < pooled.length && !largest; i++) {
            pooled[i] /= counts[i];
        }
        return pooled;
    }

    private static double[] averaged(PlacedLayer placed, double[] values) {
        int channels = (int) placed.output().size();
        double[] means = new double[channels];
        for (int i = 0; i < values.length; i++) {
            means[i % channels] += values[i] * channels / values.length;
        }
        return means;
    }

    private List<double[]> residual(PlacedLayer placed, List<double[]> batch) {
        List<PlacedLayer> parts = placed.parts();
        List<double[]> body = row(
                parts.stream()
                        .filter(part -> part.name().startsWith(placed.name() + ".body."))
                        .toList(),
                batch);
        List<double[]> shortcut = row(
                parts.stream()
                        .filter(part -> part.name().startsWith(placed.name() + ".shortcut."))
                        .toList(),
                batch);
        List<double[]> sums = new ArrayList<>();
        for (int image = 0; image < batch.size(); image++) {
            double[] sum = body.get(image).clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += shortcut.get(image)[i];
            }
            sums.add(sum);
        }
        return sums;
    }

    private List<double[]> normalised(PlacedLayer placed, BatchNorm layer, List<double[]> batch) {
        double[] mean = weight(placed, "moving_mean");
        double[] variance = weight(placed, "moving_variance");
        int channels = mean.length;
        if (training) {
            double count = (double) batch.size() * batch.getFirst().length / channels;
            double[] batchMean = new double[channels];
            double[] batchVariance = new double[channels];
            batch.forEach(values -> add(values, batchMean, (value, channel) -> value / count));
            batch.forEach(values ->
                    add(values, batchVariance, (value, channel) -> Math.pow(value - batchMean[channel], 2) / count));
            follow(placed, layer, "moving_mean", batchMean, 1);
            follow(placed, layer, "moving_variance", batchVariance, count / (count - 1));
            mean = batchMean;
            variance = batchVariance;
        }
        return normalised(placed, layer, batch, mean, variance);
    }

    private List<double[]> normalised(
            PlacedLayer placed, BatchNorm layer, List<double[]> batch, double[] mean, double[] variance) {
        double[] scale = weight(placed, "scale");
        double[] offset = weight(placed, "offset");
        return batch.stream()
                .map(values -> {
                    double[] normalised = new double[values.length];
                    for (int i = 0; i < values.length; i++) {
                        int channel = i % scale.length;
                        normalised[i] = (values[i] - mean[channel])
                                        / Math.sqrt(variance[channel] + layer.epsilon())
                                        * scale[channel]
                                + offset[channel];
                    }
                    return normalised;
                })
                .toList();
    }

    private void follow(PlacedLayer placed, BatchNorm layer, String name, double[] ofBatch, double factor) {
        double[] next = weight(placed, name).clone();
        for (int i = 0; i < next.length; i++) {
            next[i] = layer.momentum() * next[i] + (1 - layer.momentum()) * ofBatch[i] * factor;
        }
        runningFigures.put(placed.name() + "." + name, next);
    }

    private static void add(double[] values, double[] sums, Term term) {
        for (int i = 0; i < values.length; i++) {
            sums[i % sums.length] += term.of(values[i], i % sums.length);
        }
    }

    private static DoubleUnaryOperator activation(Activation activation) {
        return switch (activation) {
            case LINEAR -> x -> x;
            case RELU -> x -> Math.max(0, x);
            case RELU6 -> x -> Math.clamp(x, 0, 6);
            case ELU -> x -> x > 0 ? x : Math.expm1(x);
            case GELU -> x -> x * (1 + erf(x / Math.sqrt(2))) / 2;
            case SWISH -> x -> x / (1 + Math.exp(-x));
            case TANH -> Math::tanh;
            case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
        };
    }

    /** The Maclaurin series (DLMF 7.6.1), exact enough to 5. */
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 150; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private interface Term {
        double of(double value, int channel);
    }

    private interface Pixel {
        /** Window place {@code y, x}, window pixel {@code i, j}, image pixel {@code row, column}. */
        void visit(int y, int x, int i, int j, int row, int column);
    }

    /** The pixels that windows see; TensorFlow's padding SAME puts the odd row and column behind. */
    private static final class Slide {
        private final ImageShape input;
        private final ImageShape output;
        private final Window window;

        Slide(PlacedLayer placed, Window window) {
            this.input = image(placed.input());
            this.output = image(placed.output());
            this.window = window;
        }

        void each(Pixel pixel) {
            int top = before(input.height(), output.height());
            int left = before(input.width(), output.width());
            for (int y = 0; y < output.height(); y++) {
                for (int x = 0; x < output.width(); x++) {
                    for (int i = 0; i < window.side(); i++) {
                        for (int j = 0; j < window.side(); j++) {
                            int row = y * window.stride() + i - top;
                            int column = x * window.stride() + j - left;
                            if (row >= 0 && row < input.height() && column >= 0 && column < input.width()) {
                                pixel.visit(y, x, i, j, row, column);
                            }
                        }
                    }
                }
            }
        }

        int input(int row, int column, int channel) {
            return (row * input.width() + column) * input.channels() + channel;
        }

        int output(int row, int column, int channel) {
            return (row * output.width() + column) * output.channels() + channel;
        }

        private int before(int in, int out) {
            int outside = Math.max((out - 1) * window.stride() + window.side() - in, 0);
            return window.padding() == Padding.SAME ? outside / 2 : 0;
        }

        private static ImageShape image(FeatureShape shape) {
            return (ImageShape) shape;
        }
    }
}
