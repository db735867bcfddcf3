package dev.patchbay.sandbox.core;

/** Waits for delays that the sandbox simulates and for retries. */
public final class Pause {

    private Pause() {}

    /**
     * Waits for that many milliseconds.
     *
     * @return false when the thread was interrupted, because the sandbox closes
     */
    public static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
