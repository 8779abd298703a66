package io.catwalk.journal.job;

/** Why a job ends without success. */
public sealed interface Ending {
    /** For people: names what, its value and its limit. */
    String reason();

    /** Somebody asked for it. */
    record Cancelled(String reason) implements Ending {}

    /** It hadn't ended in the time that its request gave. */
    record DeadlineExceeded(String reason) implements Ending {}

    /** As many holders in a row as {@link JobSettings#maxLost} were lost without progress. */
    record HoldersLost(String reason) implements Ending {}

    /** The request can't be met. */
    record Refused(String reason) implements Ending {}

    /** The work failed. */
    record Failed(String reason) implements Ending {}
}
