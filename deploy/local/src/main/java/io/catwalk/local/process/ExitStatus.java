package io.catwalk.local.process;

/** What the exit statuses mean with which a service ends itself. */
final class ExitStatus {
    private static final int OUT_OF_MEMORY = 3;
    private static final int STALLED = 70;
    private static final int ERROR = 71;

    private ExitStatus() {}

    /** For people: the status, and its meaning where it has one. */
    static String describe(int status) {
        return switch (status) {
            case OUT_OF_MEMORY -> "exit code 3, out of memory";
            case STALLED -> "exit code 70, as its work hung";
            case ERROR -> "exit code 71, after an error on one of its threads";
            default -> "exit code " + status;
        };
    }
}
