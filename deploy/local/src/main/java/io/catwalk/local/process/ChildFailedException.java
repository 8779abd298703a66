package io.catwalk.local.process;

import java.nio.file.Path;
import java.util.List;

/** A child process ended, or wasn't ready in time; the message ends with the last lines of its log. */
public final class ChildFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChildFailedException(String name, String reason, Path log, List<String> lastLines) {
        super(message(name, reason, log, lastLines));
    }

    private static String message(String name, String reason, Path log, List<String> lastLines) {
        StringBuilder message = new StringBuilder(name + " " + reason + "; ");
        if (lastLines.isEmpty()) {
            return message.append(log).append(" is empty").toString();
        }
        message.append("the end of ").append(log).append(':');
        lastLines.forEach(line -> message.append("\n  | ").append(line));
        return message.toString();
    }
}
