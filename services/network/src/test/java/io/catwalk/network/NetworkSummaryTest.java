package io.catwalk.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.Layer;
import io.catwalk.network.layer.Padding;
import io.catwalk.network.layer.ResidualBlock;
import io.catwalk.network.layer.Window;
import io.catwalk.network.preset.TutorialCnn;
import org.junit.jupiter.api.Test;

class NetworkSummaryTest {
    @Test
    void showsEachLayerAndTheTotal() {
        Network network = new TutorialCnn().network(new ImageShape(28, 28, 1), 10);

        assertThat(NetworkSummary.of(network).render()).isEqualTo("""
                        tutorial-cnn on 28x28x1
                        ---------------------------------------------------
                        Layer       Output shape  Parameters  Multiply-adds
                        ---------------------------------------------------
                        conv2d_1    28x28x32             320        225,792
                        max_pool_1  14x14x32               0              0
                        conv2d_2    14x14x64          18,496      3,612,672
                        max_pool_2  7x7x64                 0              0
                        conv2d_3    7x7x128           73,856      3,612,672
                        max_pool_3  4x4x128                0              0
                        flatten_1   2048                   0              0
                        dense_1     128              262,272        262,144
                        dense_2     10                 1,290          1,280
                        ---------------------------------------------------
                        total                        356,234      7,714,560
                        """);
    }

    @Test
    void showsABlocksPartsAndWhatIsNotTrained() {
        Layer half = Conv2d.bare(4, new Window(3, 2, Padding.SAME));
        Network network = new Network(
                "n",
                new ImageShape(6, 6, 2),
                3,
                List.of(
                        new ResidualBlock(List.of(half, new BatchNorm()), Activation.RELU),
                        new GlobalAveragePool(),
                        new Dense(3, Activation.LINEAR)));

        assertThat(NetworkSummary.of(network).render()).isEqualTo("""
                        n on 6x6x2
                        -------------------------------------------------------------------------------
                        Layer                                   Output shape  Parameters  Multiply-adds
                        -------------------------------------------------------------------------------
                        residual_block_1.body.conv2d_1          3x3x4                 72            648
                        residual_block_1.body.batch_norm_1      3x3x4                 16              0
                        residual_block_1.shortcut.conv2d_1      3x3x4                  8             72
                        residual_block_1.shortcut.batch_norm_1  3x3x4                 16              0
                        residual_block_1                        3x3x4                  0              0
                        global_average_pool_1                   4                      0              0
                        dense_1                                 3                     15             12
                        -------------------------------------------------------------------------------
                        total                                                        127            732
                        of them trained                                              111
                        """);
    }
}
