package io.catwalk.journal.job;

/** Why a job ends without success. */
public sealed interface Termination {
    /** For people: names what, its value and its limit. */
    String reason();

    /** A client requested it. */
    record Cancelled(String reason) implements Termination {}

    /** It hadn't ended in the time that its request gave. */
    record DeadlineExceeded(String reason) implements Termination {}

    /** As many lease holders in a row as {@link JobSettings#maxLost} were lost without progress. */
    record HoldersLost(String reason) implements Termination {}

    /** The request can't be met. */
    record Refused(String reason) implements Termination {}

    /** The work failed. */
    record Failed(String reason) implements Termination {}
}
