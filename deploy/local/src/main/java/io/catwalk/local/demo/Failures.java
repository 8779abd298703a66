package io.catwalk.local.demo;

import java.util.List;

import io.catwalk.local.StackView;
import io.catwalk.local.TaskFailedException;

/** The errors that end the demo. */
final class Failures {
    private Failures() {}

    /** The reason, and the last log lines of the service that a phase is the work of. */
    static TaskFailedException with(StackView stack, Phase phase, String reason) {
        List<String> lines = stack.logTail(phase.service());
        StringBuilder message = new StringBuilder(reason);
        message.append(
                lines.isEmpty()
                        ? "\n" + phase.service() + " logged nothing"
                        : "\nthe end of " + phase.service() + "'s log:");
        lines.forEach(line -> message.append("\n  | ").append(line));
        return new TaskFailedException(message.toString());
    }
}
