package dev.patchbay.connections.internal;

import java.security.GeneralSecurityException;

/** A Tink operation. No retry mends a wrong key or place, so a failure is an unchecked exception. */
@FunctionalInterface
interface CryptoOperation<T> {

    T run() throws GeneralSecurityException;

    static <T> T unchecked(CryptoOperation<T> operation) {
        try {
            return operation.run();
        } catch (GeneralSecurityException wrongKeyOrPlace) {
            throw new IllegalStateException("a sealed secret does not open here", wrongKeyOrPlace);
        }
    }
}
