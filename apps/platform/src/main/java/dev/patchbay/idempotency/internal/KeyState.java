package dev.patchbay.idempotency.internal;

import java.util.Locale;

/** The state of an idempotency key, as {@code idempotency_key.state} stores it in lower case. */
enum KeyState {
    /** Its request is being executed, until its lease ends. */
    OPEN,
    /** Its request was executed; the response is stored. */
    ANSWERED,
    /** Its request was executed; the response must not be stored. */
    UNREPEATABLE;

    static KeyState ofColumn(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Whether the state may follow this one. A key becomes open again when its lease or its retention has ended. */
    boolean mayBecome(KeyState next) {
        return next == OPEN || this == OPEN;
    }
}
