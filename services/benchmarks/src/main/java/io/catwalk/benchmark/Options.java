package io.catwalk.benchmark;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.catwalk.benchmark.step.Peer;
import io.catwalk.local.Arguments;

/**
 * The options of the command line; lists are in the order of their declaration.
 *
 * @param epochs of each run through the pipeline
 * @param data where the stack keeps its files
 * @param targets test accuracies in per cent, to measure the training time to
 * @param rounds of training steps of each contestant
 */
record Options(int epochs, Optional<Path> data, Set<Part> parts, Set<Peer> peers, List<Integer> targets, int rounds) {
    private static final String EPOCHS = "--epochs";
    private static final String DATA = "--data";
    private static final String PARTS = "--parts";
    private static final String PEERS = "--peers";
    private static final String TARGETS = "--targets";
    private static final String ROUNDS = "--rounds";
    private static final int DEFAULT_EPOCHS = 5;
    private static final int DEFAULT_TARGET = 90;
    private static final int DEFAULT_ROUNDS = 9;

    Options {
        parts = Collections.unmodifiableSet(new TreeSet<>(parts));
        peers = Collections.unmodifiableSet(new TreeSet<>(peers));
        targets = List.copyOf(targets);
    }

    /** @throws IllegalArgumentException for an invalid option */
    static Options parse(List<String> words) {
        Arguments arguments = Arguments.parse(words, Set.of(EPOCHS, DATA, PARTS, PEERS, TARGETS, ROUNDS));
        return new Options(
                arguments.number(EPOCHS, 2, 100).orElse(DEFAULT_EPOCHS),
                arguments.text(DATA).map(Path::of),
                arguments
                        .text(PARTS)
                        .map(list -> Choices.parse(PARTS, Part.class, list))
                        .orElseGet(() -> EnumSet.complementOf(EnumSet.of(Part.GROWTH))),
                arguments
                        .text(PEERS)
                        .map(list -> Choices.parse(PEERS, Peer.class, list))
                        .orElseGet(() -> EnumSet.allOf(Peer.class)),
                arguments.text(TARGETS).map(Options::targets).orElse(List.of(DEFAULT_TARGET)),
                arguments.number(ROUNDS, 1, 99).orElse(DEFAULT_ROUNDS));
    }

    private static List<Integer> targets(String list) {
        return Choices.words(list)
                .map(word -> Arguments.parse(TARGETS, word, 50, 99))
                .toList();
    }
}
