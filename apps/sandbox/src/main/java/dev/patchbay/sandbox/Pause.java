package dev.patchbay.sandbox;

/** Waiting as a slow network does. */
final class Pause {

    private Pause() {}

    /** Whether the wait was long enough; it is cut short when the sandbox closes. */
    static boolean millis(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
