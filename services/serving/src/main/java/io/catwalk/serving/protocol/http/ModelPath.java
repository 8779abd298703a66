package io.catwalk.serving.protocol.http;

import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;

/** Parses the segments of a path. */
public final class ModelPath {
    /** The template of a model's name. It ends before a colon, where a method's name begins. */
    public static final String MODEL = "{model:[^/:]+}";

    /** The template of a version. */
    public static final String VERSION = "{version:[^/:]+}";

    /** The template of a label. */
    public static final String LABEL = "{label:[^/:]+}";

    private ModelPath() {}

    /** @throws RefusedException with {@code BAD_INPUT} when the version isn't an integer from 1 to 2^63-1 */
    public static ModelReference.Numbered version(String model, String version) {
        try {
            long number = Long.parseLong(version);
            if (number > 0) {
                return new ModelReference.Numbered(model, number);
            }
            throw badVersion(version);
        } catch (NumberFormatException e) {
            throw badVersion(version);
        }
    }

    private static RefusedException badVersion(String version) {
        return RefusedException.badInput(
                "the path's version must be an integer from 1 to 2^63-1, not '" + Shown.of(version) + "'");
    }
}
