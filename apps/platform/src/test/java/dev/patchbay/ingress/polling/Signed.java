package dev.patchbay.ingress.polling;

import dev.patchbay.kernel.Hashing;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Retell's signature, for a webhook that the sandbox would not send. */
final class Signed {

    private Signed() {}

    static String retell(String key, String body) {
        long now = System.currentTimeMillis();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Hashing.utf8(key), "HmacSHA256"));
            return "v=" + now + ",d=" + HexFormat.of().formatHex(mac.doFinal(Hashing.utf8(body + now)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
