package io.catwalk.network.preset;

import static io.catwalk.network.layer.Activation.RELU;

import java.util.List;

import io.catwalk.network.layer.ActivationLayer;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Padding;
import io.catwalk.network.layer.ResidualBlock;
import io.catwalk.network.layer.Window;

/** The residual block of two 3x3 convolutions (He et al. 2016, figure 5, left). */
final class BasicBlock {
    private BasicBlock() {}

    /** @param stride of the first convolution */
    static ResidualBlock of(int filters, int stride) {
        return new ResidualBlock(
                List.of(
                        Conv2d.bare(filters, new Window(3, stride, Padding.SAME)),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        Conv2d.bare(filters, Window.same(3)),
                        new BatchNorm()),
                RELU);
    }
}
