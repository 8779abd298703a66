package io.catwalk.training.plan;

import static io.catwalk.training.plan.Choices.chosen;

import java.util.List;

import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.ActivationLayer;
import io.catwalk.network.layer.AveragePool;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.DepthwiseConv2d;
import io.catwalk.network.layer.Dropout;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.Layer;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.Padding;
import io.catwalk.network.layer.ResidualBlock;
import io.catwalk.network.layer.Window;

/** Translates a request's layers into a network's. Values and defaults are those of the messages' comments. */
public final class RequestedLayers {
    private static final int KERNEL = 3;
    private static final int POOL = 2;

    private RequestedLayers() {}

    /**
     * @param layers whose rules are checked
     * @throws IllegalArgumentException for a residual block within another
     */
    public static List<Layer> of(List<io.catwalk.training.v1.Layer> layers) {
        return layers.stream().map(RequestedLayers::layer).toList();
    }

    private static Layer layer(io.catwalk.training.v1.Layer layer) {
        return switch (layer.getKindCase()) {
            case CONV2D -> conv2d(layer.getConv2D());
            case DEPTHWISE_CONV2D -> depthwise(layer.getDepthwiseConv2D());
            case MAX_POOL -> new MaxPool(window(layer.getMaxPool()));
            case AVERAGE_POOL -> new AveragePool(window(layer.getAveragePool()));
            case GLOBAL_AVERAGE_POOL -> new GlobalAveragePool();
            case BATCH_NORM -> batchNorm(layer.getBatchNorm());
            case DROPOUT -> new Dropout((float) layer.getDropout().getRate());
            case DENSE ->
                new Dense(layer.getDense().getUnits(), chosen(layer.getDense().getActivation(), Activation.LINEAR));
            case RESIDUAL_BLOCK ->
                new ResidualBlock(
                        of(layer.getResidualBlock().getLayersList()),
                        chosen(layer.getResidualBlock().getActivation(), Activation.LINEAR));
            case FLATTEN -> new Flatten();
            case ACTIVATION -> new ActivationLayer(chosen(layer.getActivation().getFunction(), Activation.LINEAR));
            case KIND_NOT_SET -> throw new IllegalArgumentException("a layer has no kind");
        };
    }

    private static Layer conv2d(io.catwalk.training.v1.Conv2d conv2d) {
        return new Conv2d(
                conv2d.getFilters(),
                new Window(
                        conv2d.hasKernel() ? conv2d.getKernel() : KERNEL,
                        conv2d.hasStride() ? conv2d.getStride() : 1,
                        chosen(conv2d.getPadding(), Padding.SAME)),
                !conv2d.hasBias() || conv2d.getBias(),
                chosen(conv2d.getActivation(), Activation.LINEAR));
    }

    private static Layer depthwise(io.catwalk.training.v1.DepthwiseConv2d depthwise) {
        return new DepthwiseConv2d(
                depthwise.hasMultiplier() ? depthwise.getMultiplier() : 1,
                new Window(
                        depthwise.hasKernel() ? depthwise.getKernel() : KERNEL,
                        depthwise.hasStride() ? depthwise.getStride() : 1,
                        chosen(depthwise.getPadding(), Padding.SAME)),
                !depthwise.hasBias() || depthwise.getBias(),
                chosen(depthwise.getActivation(), Activation.LINEAR));
    }

    private static Window window(io.catwalk.training.v1.Pool pool) {
        int size = pool.hasSize() ? pool.getSize() : POOL;
        return new Window(size, pool.hasStride() ? pool.getStride() : size, chosen(pool.getPadding(), Padding.SAME));
    }

    private static BatchNorm batchNorm(io.catwalk.training.v1.BatchNorm batchNorm) {
        BatchNorm usual = new BatchNorm();
        return new BatchNorm(
                batchNorm.hasMomentum() ? (float) batchNorm.getMomentum() : usual.momentum(),
                batchNorm.hasEpsilon() ? (float) batchNorm.getEpsilon() : usual.epsilon());
    }
}
