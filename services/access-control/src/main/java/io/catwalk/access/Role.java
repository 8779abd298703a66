package io.catwalk.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may do. A role has the rights of those that it includes. */
public enum Role {
    /**
     * Reads: datasets, ingestions, networks, runs, sweeps, evaluations, reports, comparisons, the registry, rollouts, and of
     * serving status, metadata, history, statistics and lists, of all models.
     */
    VIEWER,
    /** Predicts with the models that its key names, and reads their status and metadata. */
    PREDICTOR,
    /** Uploads and requests datasets, requests runs and sweeps, cancels, promotes, rolls back. */
    OPERATOR(VIEWER),
    /** Everything; alone it republishes. */
    ADMIN(OPERATOR, PREDICTOR);

    private final List<Role> included;

    Role(Role... included) {
        this.included = List.of(included);
    }

    /** As keys, tokens and routes write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** This role and all that it includes. */
    public Set<Role> granted() {
        Set<Role> granted = EnumSet.of(this);
        included.forEach(role -> granted.addAll(role.granted()));
        return granted;
    }

    /** The role that is written so. */
    public static Optional<Role> named(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }

    /** All roles, as they are written, for messages. */
    public static String list() {
        return Arrays.stream(values()).map(Role::text).collect(Collectors.joining(", "));
    }

    /** The roles for annotations, which take constants alone. */
    public static final class Names {
        public static final String VIEWER = "viewer";
        public static final String PREDICTOR = "predictor";
        public static final String OPERATOR = "operator";
        public static final String ADMIN = "admin";

        private Names() {}
    }
}
