package dev.patchbay.integrations.kit;

/** The process dies here: nothing after it is executed. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash(String where) {
        super(where);
    }
}
