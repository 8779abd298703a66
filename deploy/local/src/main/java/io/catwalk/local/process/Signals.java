package io.catwalk.local.process;

import java.util.concurrent.CancellationException;

/** Signals for which Java has no call, as those that freeze a process and let it go on. */
public final class Signals {
    private Signals() {}

    /**
     * @param signal as {@code STOP} or {@code CONT}
     * @throws IllegalStateException when there is no such process
     * @throws CancellationException when the thread is interrupted, which it stays
     */
    public static void send(long pid, String signal) {
        int status = Command.run(new ProcessBuilder("kill", "-" + signal, Long.toString(pid)));
        if (status != 0) {
            throw new IllegalStateException("SIG" + signal + " can't be sent to process " + pid);
        }
    }
}
