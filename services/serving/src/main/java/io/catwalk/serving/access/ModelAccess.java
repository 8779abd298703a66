package io.catwalk.serving.access;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.catwalk.access.Caller;
import io.catwalk.access.Role;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;

/** Refuses what a caller may not do. Whether a model exists isn't said to who may not see it. */
public final class ModelAccess {
    private ModelAccess() {}

    /** @throws RefusedException with {@code FORBIDDEN} when the caller has none of the roles */
    public static void requireRole(Caller caller, Role... roles) {
        if (Arrays.stream(roles).noneMatch(caller::has)) {
            String needed = Arrays.stream(roles).map(Role::text).collect(Collectors.joining(" or "));
            throw forbidden("this needs the role " + needed + ", which " + caller.subject() + " hasn't");
        }
    }

    /** @throws RefusedException with {@code FORBIDDEN} when the caller may not have the model predict */
    public static void requireCall(Caller caller, String model) {
        if (!caller.mayCall(model)) {
            throw forbidden(caller.subject() + " may not call the model '" + Shown.of(model) + "'");
        }
    }

    /** @throws RefusedException with {@code FORBIDDEN} when the caller may not read the model's state */
    public static void requireSight(Caller caller, String model) {
        if (!caller.maySee(model)) {
            throw forbidden(caller.subject() + " may not see the model '" + Shown.of(model) + "'");
        }
    }

    private static RefusedException forbidden(String message) {
        return new RefusedException(Refusal.FORBIDDEN, message);
    }
}
