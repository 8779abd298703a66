package io.catwalk.serving.protocol.grpc;

import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;

/** The versions that messages name. */
public final class Versions {
    private Versions() {}

    /**
     * @param version empty for the one under the label stable
     * @param field what it is called in errors
     * @throws RefusedException with {@code BAD_INPUT} when it isn't an integer from 1 to 2^63-1
     */
    public static ModelReference of(String model, String version, String field) {
        if (version.isEmpty()) {
            return new ModelReference.Stable(model);
        }
        try {
            return of(model, Long.parseLong(version), field);
        } catch (NumberFormatException e) {
            throw bad(version, field);
        }
    }

    /** The same of a number. */
    public static ModelReference of(String model, long version, String field) {
        if (version < 1) {
            throw bad(Long.toString(version), field);
        }
        return new ModelReference.Numbered(model, version);
    }

    private static RefusedException bad(String version, String field) {
        return RefusedException.badInput(
                field + " must be an integer from 1 to 2^63-1, not '" + Shown.of(version) + "'");
    }
}
