package io.catwalk.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.network.layer.ImageShape;
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
}
