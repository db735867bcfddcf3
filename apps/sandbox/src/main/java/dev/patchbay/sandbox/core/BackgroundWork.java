package dev.patchbay.sandbox.core;

/** Work on threads of its own whose progress is in the {@link Store}, so that a restart continues it. */
public interface BackgroundWork extends AutoCloseable {

    /** Continues the work that an earlier process left unfinished. */
    void resume();

    /** Interrupts the work. */
    @Override
    void close();
}
