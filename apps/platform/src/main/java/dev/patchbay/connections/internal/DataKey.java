package dev.patchbay.connections.internal;

import com.google.crypto.tink.Aead;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.TenantId;
import java.nio.charset.StandardCharsets;

/** A tenant's unwrapped data key. Tenant, connection and name are authenticated with every secret (AEAD associated data). */
record DataKey(TenantId tenant, Aead aead) {

    byte[] seal(ConnectionId connectionId, String name, String secret) {
        return CryptoOperation.unchecked(
                () -> aead.encrypt(Hashing.utf8(secret), associatedData(connectionId.value(), name)));
    }

    String open(ConnectionId connectionId, String name, byte[] sealed) {
        byte[] clear =
                CryptoOperation.unchecked(() -> aead.decrypt(sealed, associatedData(connectionId.value(), name)));
        return new String(clear, StandardCharsets.UTF_8);
    }

    byte[] sealBytes(String place, byte[] clear) {
        return CryptoOperation.unchecked(() -> aead.encrypt(clear, associatedData("", place)));
    }

    byte[] openBytes(String place, byte[] sealed) {
        return CryptoOperation.unchecked(() -> aead.decrypt(sealed, associatedData("", place)));
    }

    /** Unambiguous, since ids contain no line break. */
    private byte[] associatedData(String connectionId, String name) {
        return Hashing.utf8(tenant.value() + "\n" + connectionId + "\n" + name);
    }

    @Override
    public String toString() {
        return "DataKey[" + tenant + "]";
    }
}
