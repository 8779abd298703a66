package io.catwalk.network.export.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
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
import io.catwalk.network.layer.LayerRow;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.PlacedLayer;
import io.catwalk.network.layer.ResidualBlock;
import io.catwalk.network.layer.Window;

/** Adds layers to an ONNX graph in their inference form, each under its name within the network. */
final class OnnxLayers {
    private static final float SQRT_HALF = (float) Math.sqrt(0.5);

    private final OnnxGraph graph;
    private final Map<String, NamedTensor> weights;

    /** Of the values between two layers; only vectors have another than TensorFlow's. */
    private FeatureOrder order = FeatureOrder.SAME;

    OnnxLayers(OnnxGraph graph, Weights weights) {
        this.graph = graph;
        this.weights = weights.tensors().stream().collect(Collectors.toMap(NamedTensor::name, Function.identity()));
    }

    /** Adds layers one after the other and returns the last one's output. */
    String add(LayerRow row, String input) {
        return add(row, "", input);
    }

    private String add(LayerRow row, String path, String input) {
        String values = input;
        for (PlacedLayer placed : row.layers()) {
            String name = path + placed.name();
            values = activated(placed.layer().activation(), name, add(placed, name, values));
        }
        return values;
    }

    private String add(PlacedLayer placed, String name, String input) {
        return switch (placed.layer()) {
            case Conv2d layer -> {
                int channels = image(placed.input()).channels();
                yield conv(placed, name, input, layer.window(), 1, kernel(name, layer.filters(), channels));
            }
            case DepthwiseConv2d layer -> {
                int channels = image(placed.input()).channels();
                // TensorFlow's [height, width, in, multiplier] is [height, width, 1, in * multiplier] to a grouped
                // convolution.
                String kernel = kernel(name, channels * layer.multiplier(), 1);
                yield conv(placed, name, input, layer.window(), channels, kernel);
            }
            case Dense layer -> dense(layer, name, input);
            case BatchNorm layer -> batchNorm(layer, name, input);
            case MaxPool layer -> pool("MaxPool", name, input, placed.input(), layer.window());
            case AveragePool layer -> pool("AveragePool", name, input, placed.input(), layer.window());
            case GlobalAveragePool layer -> flat(name, graph.node("GlobalAveragePool", name + ".mean", List.of(input)));
            case Flatten layer -> {
                order = FeatureOrder.flattened(image(placed.input()));
                yield flat(name, input);
            }
            case ResidualBlock layer -> residual(layer, name, input, image(placed.input()));
            case ActivationLayer layer -> input;
            case Dropout layer -> input;
        };
    }

    private String conv(PlacedLayer placed, String name, String input, Window window, int groups, String kernel) {
        List<AttributeProto> attributes = new ArrayList<>(sliding(window, image(placed.input())));
        attributes.add(OnnxGraph.integer("group", groups));
        List<String> inputs = new ArrayList<>(List.of(input, kernel));
        placed.layer().biasName().ifPresent(bias -> inputs.add(vector(name + "." + bias)));
        return graph.node("Conv", name, inputs, attributes.toArray(AttributeProto[]::new));
    }

    /** A kernel {@code [height, width, in, out]} as {@code [out, in, height, width]}. */
    private String kernel(String layer, int outputs, int inputs) {
        NamedTensor tensor = weights.get(layer + ".kernel");
        int height = tensor.dimensions().get(0);
        int width = tensor.dimensions().get(1);
        float[] values = tensor.toArray();
        float[] turned = new float[values.length];
        int area = height * width;
        for (int pixel = 0; pixel < area; pixel++) {
            for (int in = 0; in < inputs; in++) {
                for (int out = 0; out < outputs; out++) {
                    turned[(out * inputs + in) * area + pixel] = values[(pixel * inputs + in) * outputs + out];
                }
            }
        }
        return graph.floats(tensor.name(), turned, outputs, inputs, height, width);
    }

    private String dense(Dense layer, String name, String input) {
        NamedTensor tensor = weights.get(name + ".kernel");
        float[] rows = order.rows(tensor.toArray(), layer.units());
        order = FeatureOrder.SAME;
        String kernel = graph.floats(tensor.name(), rows, tensor.dimensions().getFirst(), layer.units());
        return graph.node("Gemm", name, List.of(input, kernel, vector(name + ".bias")));
    }

    private String batchNorm(BatchNorm layer, String name, String input) {
        List<String> inputs = new ArrayList<>(List.of(input));
        for (String weight : List.of("scale", "offset", "moving_mean", "moving_variance")) {
            inputs.add(vector(name + "." + weight));
        }
        return graph.node("BatchNormalization", name, inputs, OnnxGraph.real("epsilon", layer.epsilon()));
    }

    /** A weight for each channel or value. */
    private String vector(String weight) {
        float[] values = weights.get(weight).toArray();
        return graph.floats(weight, order.rows(values, 1), values.length);
    }

    /** Averages leave out the padding, as in TensorFlow, unless asked otherwise. */
    private String pool(String operator, String name, String input, FeatureShape shape, Window window) {
        return graph.node(
                operator, name, List.of(input), sliding(window, image(shape)).toArray(AttributeProto[]::new));
    }

    private String flat(String name, String input) {
        return graph.node("Flatten", name, List.of(input), OnnxGraph.integer("axis", 1));
    }

    private String residual(ResidualBlock block, String name, String input, ImageShape shape) {
        String body = add(block.body(shape), name + "." + ResidualBlock.BODY + ".", input);
        String shortcut = add(block.shortcut(shape), name + "." + ResidualBlock.SHORTCUT + ".", input);
        return graph.node("Add", name, List.of(body, shortcut));
    }

    private String activated(Activation activation, String name, String sums) {
        String own = name + "." + activation.name().toLowerCase(Locale.ROOT);
        return switch (activation) {
            case LINEAR -> sums;
            case RELU -> graph.node("Relu", own, List.of(sums));
            case RELU6 ->
                graph.node("Clip", own, List.of(sums, graph.scalar(own + ".min", 0), graph.scalar(own + ".max", 6)));
            case ELU -> graph.node("Elu", own, List.of(sums));
            case GELU -> gelu(own, sums);
            case SWISH -> graph.node("Mul", own, List.of(sums, graph.node("Sigmoid", own + ".sigmoid", List.of(sums))));
            case TANH -> graph.node("Tanh", own, List.of(sums));
            case SIGMOID -> graph.node("Sigmoid", own, List.of(sums));
        };
    }

    /** By erf: the operator itself came with version 20 of the set. */
    private String gelu(String name, String sums) {
        String scaled =
                graph.node("Mul", name + ".scaled", List.of(sums, graph.scalar(name + ".sqrt_half", SQRT_HALF)));
        String erf = graph.node("Erf", name + ".erf", List.of(scaled));
        String above = graph.node("Add", name + ".above", List.of(erf, graph.scalar(name + ".one", 1)));
        String half = graph.node("Mul", name + ".half", List.of(sums, graph.scalar(name + ".one_half", 0.5f)));
        return graph.node("Mul", name, List.of(half, above));
    }

    private static List<AttributeProto> sliding(Window window, ImageShape image) {
        int top = window.paddingBefore(image.height());
        int left = window.paddingBefore(image.width());
        int bottom = window.paddingAfter(image.height());
        int right = window.paddingAfter(image.width());
        return List.of(
                OnnxGraph.ints("kernel_shape", window.side(), window.side()),
                OnnxGraph.ints("strides", window.stride(), window.stride()),
                OnnxGraph.ints("pads", top, left, bottom, right));
    }

    private static ImageShape image(FeatureShape shape) {
        return (ImageShape) shape;
    }
}
