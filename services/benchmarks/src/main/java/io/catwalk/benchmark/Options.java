package io.catwalk.benchmark;

import java.util.EnumSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.catwalk.benchmark.growth.DatasetCost;
import io.catwalk.benchmark.growth.GrowthSizes;
import io.catwalk.benchmark.step.Peer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What to measure; sets are in the order of their type's declaration. */
final class Options {
    private static final String SEPARATOR = "[\\s,]+";

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--parts",
            paramLabel = "PART",
            split = SEPARATOR,
            splitSynopsisLabel = ",",
            description = "Of ${COMPLETION-CANDIDATES}; all but DRIFT, MODELS, COLOUR, ACCESS and GROWTH by default.")
    private SortedSet<Part> parts = new TreeSet<>(
            EnumSet.complementOf(EnumSet.of(Part.DRIFT, Part.MODELS, Part.COLOUR, Part.ACCESS, Part.GROWTH)));

    @Option(
            names = "--peers",
            paramLabel = "PEER",
            split = SEPARATOR,
            splitSynopsisLabel = ",",
            description = "Of ${COMPLETION-CANDIDATES}; all by default.")
    private SortedSet<Peer> peers = new TreeSet<>(EnumSet.allOf(Peer.class));

    private List<Integer> targets = List.of();
    private int epochs;
    private int rounds;
    private int runs;
    private int models;
    private int versions;
    private int events;
    private int scale;

    @Option(
            names = "--targets",
            paramLabel = "PERCENT",
            split = SEPARATOR,
            splitSynopsisLabel = ",",
            defaultValue = "90",
            description = "Test accuracies to measure the training time to, 50 to 99; ${DEFAULT-VALUE} by default.")
    void targets(List<Integer> values) {
        values.forEach(value -> require("--targets", value, 50, 99));
        targets = List.copyOf(values);
    }

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Of each run through the pipeline, 2 to 100; ${DEFAULT-VALUE} by default.")
    void epochs(int value) {
        epochs = require("--epochs", value, 2, 100);
    }

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "9",
            description = "Of training steps of each contestant, 1 to 99; ${DEFAULT-VALUE} by default.")
    void rounds(int value) {
        rounds = require("--rounds", value, 1, 99);
    }

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Closed ones of GROWTH, 10 to 1,000,000; ${DEFAULT-VALUE} by default.")
    void runs(int value) {
        runs = require("--runs", value, 10, 1_000_000);
    }

    @Option(
            names = "--models",
            paramLabel = "N",
            defaultValue = "100",
            description = "Of GROWTH, 1 to 1,000; ${DEFAULT-VALUE} by default.")
    void models(int value) {
        models = require("--models", value, 1, 1_000);
    }

    @Option(
            names = "--versions",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Of all models of GROWTH together, 1 to 1,000,000; ${DEFAULT-VALUE} by default.")
    void versions(int value) {
        versions = require("--versions", value, 1, 1_000_000);
    }

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "On a topic of GROWTH, 10 to 100,000,000; ${DEFAULT-VALUE} by default.")
    void events(int value) {
        events = require("--events", value, 10, 100_000_000);
    }

    @Option(
            names = "--scale",
            paramLabel = "N",
            defaultValue = "100",
            description = "Of GROWTH's data set, how many times Fashion-MNIST, 1 to " + DatasetCost.MOST_TIMES
                    + "; 0.2 GB of disk each; ${DEFAULT-VALUE} by default.")
    void scale(int value) {
        scale = require("--scale", value, 1, DatasetCost.MOST_TIMES);
    }

    private int require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s is %d, must be a whole number from %d to %d".formatted(option, value, least, most));
        }
        return value;
    }

    SortedSet<Part> parts() {
        return parts;
    }

    SortedSet<Peer> peers() {
        return peers;
    }

    /** Test accuracies in per cent. */
    List<Integer> targets() {
        return targets;
    }

    int epochs() {
        return epochs;
    }

    int rounds() {
        return rounds;
    }

    GrowthSizes growth() {
        return new GrowthSizes(runs, models, versions, events);
    }

    /** How many times Fashion-MNIST. */
    int scale() {
        return scale;
    }
}
