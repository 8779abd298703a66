package io.catwalk.benchmark.peak;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fused multiply-adds on registers alone, in the widest vectors of this processor: twelve chains, as each of them waits
 * for its previous result (four cycles on two units need eight).
 */
final class FmaLoop {
    private static final VectorSpecies<Float> WIDEST = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int FLOPS = 2;

    private FmaLoop() {}

    static long flops(long turns) {
        return turns * CHAINS * FLOPS * WIDEST.length();
    }

    /** Returns a sum, so that the loop isn't eliminated. */
    static float run(long turns) {
        FloatVector factor = FloatVector.broadcast(WIDEST, 0.999f);
        FloatVector addend = FloatVector.broadcast(WIDEST, 0.001f);
        FloatVector a = addend;
        FloatVector b = addend;
        FloatVector c = addend;
        FloatVector d = addend;
        FloatVector e = addend;
        FloatVector f = addend;
        FloatVector g = addend;
        FloatVector h = addend;
        FloatVector i = addend;
        FloatVector j = addend;
        FloatVector k = addend;
        FloatVector l = addend;
        for (long turn = 0; turn < turns; turn++) {
            a = a.fma(factor, addend);
            b = b.fma(factor, addend);
            c = c.fma(factor, addend);
            d = d.fma(factor, addend);
            e = e.fma(factor, addend);
            f = f.fma(factor, addend);
            g = g.fma(factor, addend);
            h = h.fma(factor, addend);
            i = i.fma(factor, addend);
            j = j.fma(factor, addend);
            k = k.fma(factor, addend);
            l = l.fma(factor, addend);
        }
        FloatVector sum = a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l);
        return sum.lane(0);
    }
}
