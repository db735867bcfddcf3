package dev.patchbay.flowlanguage.expression;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The computing time of the current thread. */
final class CpuClock {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean MEASURED =
            THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

    private CpuClock() {}

    /** Nanoseconds from some origin; by the real clock where the thread's own are not measured. */
    static long nanos() {
        return MEASURED && !Thread.currentThread().isVirtual() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
