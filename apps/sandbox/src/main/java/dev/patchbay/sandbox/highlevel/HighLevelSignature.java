package dev.patchbay.sandbox.highlevel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The header {@code X-GHL-Signature}. */
final class HighLevelSignature {

    private HighLevelSignature() {}

    /**
     * Signs the body with Ed25519; base64.
     *
     * @param privateKey PKCS#8 in PEM
     */
    static String sign(String privateKey, String body) {
        try {
            String base64 = privateKey.replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))));
            ed25519.update(body.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The webhookPrivateKey is not an Ed25519 key in PKCS#8", e);
        }
    }
}
