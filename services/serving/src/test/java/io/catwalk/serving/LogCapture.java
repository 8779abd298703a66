package io.catwalk.serving;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.formatters.PatternFormatter;

/** What is logged meanwhile, with the traces' messages. */
public final class LogCapture extends Handler {
    private static final PatternFormatter MESSAGES = new PatternFormatter("%s");

    private final StringBuilder text = new StringBuilder();

    public void start() {
        Logger.getLogger("").addHandler(this);
    }

    public void stop() {
        Logger.getLogger("").removeHandler(this);
    }

    public synchronized String text() {
        return text.toString();
    }

    @Override
    public synchronized void publish(LogRecord log) {
        text.append(MESSAGES.format(log)).append('\n');
        for (Throwable cause = log.getThrown(); cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
