package io.catwalk.evaluation.rollout.judgement;

import java.util.SplittableRandom;

/** Simulated requests of a model: each round some of them fail, on the canary as often as asked for. */
interface Traffic {
    /** What both versions had in one round. */
    record Round(Rate canary, Rate stable) {}

    Round next(SplittableRandom random);

    /**
     * Requests that fail independently of each other.
     *
     * @param requests of a round, of both versions
     * @param weight share of the canary
     * @param stable share of stable's that fail
     * @param canary share of the canary's that fail
     */
    static Traffic independent(long requests, double weight, double stable, double canary) {
        return random -> {
            long canaries = binomial(random, requests, weight);
            return new Round(
                    new Rate(binomial(random, canaries, canary), canaries),
                    new Rate(binomial(random, requests - canaries, stable), requests - canaries));
        };
    }

    /**
     * Callers of geometrically distributed numbers of requests, in each round others: all of a caller's requests go to one version,
     * and fail together.
     *
     * @param mean requests of one caller in a round
     */
    static Traffic clustered(long requests, double weight, double stable, double canary, double mean) {
        return random -> {
            long left = requests;
            Tally canaries = new Tally();
            Tally others = new Tally();
            while (left > 0) {
                long size = Math.min(left, 1 + (long) Math.floor(exponential(random) / -Math.log1p(-1 / mean)));
                left -= size;
                boolean toCanary = random.nextDouble() < weight;
                boolean fails = random.nextDouble() < (toCanary ? canary : stable);
                (toCanary ? canaries : others).add(fails ? size : 0, size);
            }
            return new Round(canaries.rate(), others.rate());
        };
    }

    /**
     * The same callers in every round, each with one version for good, its own number of requests (Zipf's law, exponent 0.8) and its own
     * exponentially distributed share of failures.
     *
     * @param stable mean share of failures
     * @param more failures of those that have the canary
     */
    static Traffic sticky(
            SplittableRandom random, int callers, long requests, double weight, double stable, double more) {
        double[] volume = new double[callers];
        double[] failing = new double[callers];
        boolean[] toCanary = new boolean[callers];
        double all = 0;
        for (int caller = 0; caller < callers; caller++) {
            volume[caller] = Math.pow(caller + 3.0, -0.8);
            all += volume[caller];
            failing[caller] = stable * exponential(random);
            toCanary[caller] = random.nextDouble() < weight;
        }
        double scale = requests / all;
        return in -> {
            Tally canaries = new Tally();
            Tally others = new Tally();
            for (int caller = 0; caller < callers; caller++) {
                long size = binomial(in, Math.round(2 * scale * volume[caller]), 0.5);
                double share = Math.min(1, failing[caller] + (toCanary[caller] ? more : 0));
                (toCanary[caller] ? canaries : others).add(binomial(in, size, share), size);
            }
            return new Round(canaries.rate(), others.rate());
        };
    }

    /** By the distances between successes where they are few, else by its normal approximation. */
    private static long binomial(SplittableRandom random, long n, double p) {
        if (n == 0 || p <= 0) {
            return 0;
        }
        if (p >= 1) {
            return n;
        }
        if (n * p >= 30 && n * (1 - p) >= 30) {
            double deviation = Math.sqrt(n * p * (1 - p));
            return Math.clamp(Math.round(n * p + deviation * random.nextGaussian()), 0, n);
        }
        long successes = 0;
        double place = 0;
        while (true) {
            place += Math.floor(exponential(random) / -Math.log1p(-p)) + 1;
            if (place > n) {
                return successes;
            }
            successes++;
        }
    }

    private static double exponential(SplittableRandom random) {
        return -Math.log1p(-random.nextDouble());
    }

    /** Requests of one version in one round. */
    final class Tally {
        private long count;
        private long of;

        private void add(long failures, long requests) {
            count += failures;
            of += requests;
        }

        private Rate rate() {
            return new Rate(count, of);
        }
    }
}
