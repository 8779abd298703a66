package io.catwalk.benchmark.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import io.catwalk.benchmark.round.Contestant;
import io.catwalk.benchmark.round.Rounds;
import io.catwalk.network.training.Precision;
import org.junit.jupiter.api.Test;

class PeerTableTest {
    private final Contestant catwalk = steady("Catwalk", 4400);

    @Test
    void eachPeersBestFormIsNamedAndThatOfTheBestPeerIsTheMeasure() {
        List<String> lines = lines(
                form(Peer.KERAS, "Keras, fit", 3800),
                form(Peer.KERAS, "Keras, compiled step", 4000),
                form(Peer.PYTORCH, "PyTorch, eager", 2000),
                form(Peer.PYTORCH, "PyTorch, channels last", 2900));

        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).startsWith("Catwalk ").endsWith(" 4,400 images/s");
        assertThat(lines.get(1)).endsWith("3,800 images/s, Catwalk is 1.16 times as fast");
        assertThat(lines.get(2)).endsWith("4,000 images/s, Catwalk is 1.10 times as fast, best of keras");
        assertThat(lines.get(3)).endsWith("2,000 images/s, Catwalk is 2.20 times as fast");
        assertThat(lines.get(4)).endsWith("2,900 images/s, Catwalk is 1.52 times as fast, best of pytorch");
        assertThat(lines.get(5)).isEqualTo("Catwalk is 1.10 times as fast as the best peer, Keras, compiled step");
    }

    @Test
    void theNaiveLoopIsNoPeerToBeat() {
        assertThat(lines(form(Peer.NAIVE, "naive", 4300), form(Peer.DJL, "DJL", 2200)))
                .last()
                .isEqualTo("Catwalk is 2.00 times as fast as the best peer, DJL");
        assertThat(lines(form(Peer.NAIVE, "naive", 2200))).hasSize(2);
    }

    @Test
    void aloneItHasItsRate() {
        assertThat(lines()).singleElement().asString().endsWith("4,400 images/s");
    }

    private List<String> lines(PeerForm... forms) {
        Rounds rounds = Rounds.of(
                3,
                Stream.concat(Stream.of(catwalk), Stream.of(forms).map(PeerForm::contestant))
                        .toList());
        return new PeerTable(rounds, catwalk, List.of(forms)).lines();
    }

    private static PeerForm form(Peer peer, String name, double rate) {
        return new PeerForm(peer, Precision.FLOAT32, steady(name, rate));
    }

    private static Contestant steady(String name, double rate) {
        return new Contestant() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public double round() {
                return rate;
            }

            @Override
            public void close() {}
        };
    }
}
