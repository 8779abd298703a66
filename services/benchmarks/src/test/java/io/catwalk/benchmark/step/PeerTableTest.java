package io.catwalk.benchmark.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import io.catwalk.benchmark.round.Contestant;
import io.catwalk.benchmark.round.Rounds;
import org.junit.jupiter.api.Test;

class PeerTableTest {
    private final Contestant catwalk = steady("Catwalk", 4400);

    @Test
    void aPeersBestFormIsTheFastest() {
        PeerTable table = table(steady("fit", 3800), steady("compiled step", 4000), steady("other", 3000));

        assertThat(table.best())
                .startsWith("compiled step ")
                .endsWith(" 4,000 images/s, Catwalk is 1.10 times as fast");
    }

    @Test
    void eachFormHasItsRow() {
        List<String> lines =
                table(steady("eager", 2000), steady("channels last", 2900)).lines();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("Catwalk ").endsWith(" 4,400 images/s");
        assertThat(lines.get(1)).endsWith("2,000 images/s, Catwalk is 2.20 times as fast");
        assertThat(lines.get(2)).endsWith("2,900 images/s, Catwalk is 1.52 times as fast");
    }

    private PeerTable table(Contestant... forms) {
        Rounds rounds =
                Rounds.of(3, Stream.concat(Stream.of(catwalk), Stream.of(forms)).toList());
        return new PeerTable(rounds, catwalk, List.of(forms));
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
