package io.catwalk.serving.loading;

import io.catwalk.serving.refusal.Shown;

/** The model, and the label or version, in a request's path. */
public sealed interface ModelReference {
    /** The model's name as the client sent it, which may be invalid. */
    String model();

    /** The label or version, for messages. */
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
