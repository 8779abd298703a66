package io.catwalk.serving.loading;

import io.catwalk.serving.refusal.Shown;

/** What a request's path asks for. */
public sealed interface ModelReference {
    /** As the caller wrote it: it may name no model at all. */
    String model();

    /** The part after the model, for messages. */
    String what();

    /** No version named: the one under the label {@code stable}. */
    record Stable(String model) implements ModelReference {
        @Override
        public String what() {
            return "label 'stable'";
        }
    }

    /** The version under a label. */
    record Labelled(String model, String label) implements ModelReference {
        @Override
        public String what() {
            return "label '" + Shown.of(label) + "'";
        }
    }

    /** A version by its number. */
    record Numbered(String model, long version) implements ModelReference {
        @Override
        public String what() {
            return "version " + version;
        }
    }
}
