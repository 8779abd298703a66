package io.catwalk.network.training;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.layer.WeightSpec;

/**
 * A network in plain double arithmetic, from the layers' formulas alone: figures by loops ({@link Float64Layers}),
 * gradients by central differences.
 */
final class Float64Network {
    private static final double DIFFERENCE = 1e-6;

    private final Network network;
    private final Map<String, double[]> weights = new LinkedHashMap<>();

    Float64Network(Network network, Checkpoint first) {
        this.network = network;
        for (WeightSpec weight : network.weights()) {
            float[] values = first.required(weight.name(), weight.dimensions()).toArray();
            double[] copy = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                copy[i] = values[i];
            }
            weights.put(weight.name(), copy);
        }
    }

    Map<String, double[]> weights() {
        return weights;
    }

    /** The batch's mean cross entropy as a step sees it, labels smoothed. */
    double trainingLoss(float[] images, int[] labels, double smoothing) {
        return loss(Float64Layers.training(network, weights), images, labels, smoothing);
    }

    /** The batch's mean cross entropy by running figures. */
    double scoringLoss(float[] images, int[] labels) {
        return loss(Float64Layers.inference(network, weights), images, labels, 0);
    }

    /** Each trained weight's gradient of {@link #trainingLoss}. */
    Map<String, double[]> gradients(float[] images, int[] labels, double smoothing) {
        Map<String, double[]> gradients = new HashMap<>();
        for (WeightSpec weight : network.weights()) {
            if (weight.role().isTrained()) {
                gradients.put(weight.name(), gradient(weights.get(weight.name()), images, labels, smoothing));
            }
        }
        return gradients;
    }

    /** What running figures become by a step, by name. */
    Map<String, double[]> runningFigures(float[] images, int count) {
        var layers = Float64Layers.training(network, weights);
        layers.logits(images, count);
        return layers.runningFigures();
    }

    private double[] gradient(double[] values, float[] images, int[] labels, double smoothing) {
        double[] gradient = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            values[i] = value + DIFFERENCE;
            double above = trainingLoss(images, labels, smoothing);
            values[i] = value - DIFFERENCE;
            double below = trainingLoss(images, labels, smoothing);
            values[i] = value;
            gradient[i] = (above - below) / (2 * DIFFERENCE);
        }
        return gradient;
    }

    private double loss(Float64Layers layers, float[] images, int[] labels, double smoothing) {
        List<double[]> logits = layers.logits(images, labels.length);
        double sum = 0;
        for (int image = 0; image < labels.length; image++) {
            double normalizer = 0;
            for (double logit : logits.get(image)) {
                normalizer += Math.exp(logit);
            }
            for (int label = 0; label < network.classes(); label++) {
                double target = smoothing / network.classes() + (label == labels[image] ? 1 - smoothing : 0);
                sum -= target * (logits.get(image)[label] - Math.log(normalizer));
            }
        }
        return sum / labels.length;
    }
}
