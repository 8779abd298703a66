package io.catwalk.local.process;

import java.lang.ProcessBuilder.Redirect;

/**
 * A disk without room, as one process sees it, without root: the kernel refuses each write to a file beyond the largest size that
 * the process may write (setrlimit(2), RLIMIT_FSIZE), which is none. What is there can be read.
 */
public final class FullDisk implements AutoCloseable {
    private final long pid;

    private FullDisk(long pid) {
        this.pid = pid;
    }

    /** From now on the process's writes to files fail, until this is closed. */
    public static FullDisk of(long pid) {
        limit(pid, "0");
        return new FullDisk(pid);
    }

    /** Does something while the process's writes to files fail. */
    public static void during(long pid, Runnable task) {
        FullDisk full = of(pid);
        try {
            task.run();
        } finally {
            full.close();
        }
    }

    private static void limit(long pid, String bytes) {
        int status = Command.run(new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD));
        if (status != 0 && ProcessHandle.of(pid).isPresent()) {
            throw new IllegalStateException("the file size of process " + pid + " can't be limited");
        }
    }

    /** There is room again, if the process still is there. */
    @Override
    public void close() {
        limit(pid, "unlimited");
    }
}
