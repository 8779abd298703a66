package io.catwalk.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who calls.
 *
 * @param kind what it showed
 * @param name of the key, or the token's principal
 * @param roles all that were granted, those that they include among them
 * @param models those that it may call
 */
public record Caller(Kind kind, String name, Set<Role> roles, ModelPatterns models) {
    public Caller {
        Set<Role> all = EnumSet.noneOf(Role.class);
        roles.forEach(role -> all.addAll(role.granted()));
        roles = Set.copyOf(all);
    }

    /** Anyone who reaches a service whose access control is off, on the loopback address. */
    public static final Caller ANYONE = new Caller(Kind.ANYONE, "anyone", EnumSet.allOf(Role.class), ModelPatterns.ALL);

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Whether it may have a model predict. */
    public boolean mayCall(String model) {
        return has(Role.PREDICTOR) && models.include(model);
    }

    /** Whether it may read a model's state: a viewer of every model, a predictor of those that it may call. */
    public boolean maySee(String model) {
        return has(Role.VIEWER) || mayCall(model);
    }

    /** What journals and logs name it by, as {@code key:nightly}. */
    public String subject() {
        return kind.prefix + name;
    }

    /** What a caller is known by. */
    public enum Kind {
        /** An API key. */
        KEY("key:"),
        /** A token of the identity provider. */
        TOKEN("oidc:"),
        /** Nothing. */
        ANYONE("");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }
}
