package io.catwalk.journal.job;

import org.slf4j.LoggerFactory;

/**
 * What a job's journal says of a failure of its work. Callers read it in answers, and in the event of the job's end where it fails
 * for good: what isn't meant for them belongs into the log alone.
 */
@FunctionalInterface
public interface FailureText {
    /** Says only that the work failed; the log says why. */
    FailureText OPAQUE = failure -> {
        LoggerFactory.getLogger(FailureText.class).warn("work failed", failure);
        return "its work failed; the log says why";
    };

    /** The text, after the failure itself was logged with its stack trace. */
    String of(Throwable failure);
}
