package io.catwalk.serving.loading;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory that engines have freed. The C library keeps it for later allocations; here it goes back to the operating system, as
 * by {@code jcmd PID System.trim_native_heap}. Does nothing on a JVM without that command.
 */
final class NativeMemory {
    private static final Logger LOG = LoggerFactory.getLogger(NativeMemory.class);

    private final AtomicBoolean freed = new AtomicBoolean();

    /** An engine was closed. */
    void freed() {
        freed.set(true);
    }

    /** Gives back what was freed since the last call; may take some milliseconds. */
    void trim() {
        if (!freed.getAndSet(false)) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            null,
                            null);
        } catch (JMException e) {
            LOG.debug("freed memory stays with the process", e);
        }
    }
}
