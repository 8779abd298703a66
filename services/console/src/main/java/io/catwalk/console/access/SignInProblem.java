package io.catwalk.console.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a visitor is at the sign-in again. */
enum SignInProblem {
    AWAY("The identity provider doesn’t answer. Try again, or show an API key."),
    FAILED("The identity provider has signed nobody in. Try again, or show an API key.");

    private final String text;

    SignInProblem(String text) {
        this.text = text;
    }

    /** For people. */
    String text() {
        return text;
    }

    /** As addresses name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SignInProblem> named(String word) {
        return Arrays.stream(values())
                .filter(problem -> problem.word().equals(word))
                .findFirst();
    }
}
