package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The RSA key that signs ID tokens. It is generated once and stored, so that it survives a restart. */
final class GoogleSigningKeys {

    private static final String CURRENT = "current";

    private final Store store;

    GoogleSigningKeys(Store store) {
        this.store = store;
    }

    private ObjectNode currentKey() {
        return store.atomically(() -> store.find(Table.GOOGLE_KEYS, CURRENT).orElseGet(this::generateKey));
    }

    private ObjectNode generateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            RSAPublicKey publicKey = (RSAPublicKey) pair.getPublic();
            ObjectNode key = Json.object()
                    .put("kid", Ids.alphanumeric(20))
                    .put("n", Hashing.base64Url(toUnsignedBytes(publicKey.getModulus())))
                    .put("e", Hashing.base64Url(toUnsignedBytes(publicKey.getPublicExponent())))
                    .put("private", Hashing.base64Url(pair.getPrivate().getEncoded()));
            store.put(Table.GOOGLE_KEYS, CURRENT, key);
            return key;
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Big-endian without the sign byte, as JWK demands (RFC 7518, 6.3.1). */
    private static byte[] toUnsignedBytes(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    /** The public key as a JWK set. */
    ObjectNode jwkSet() {
        ObjectNode key = currentKey();
        ObjectNode publicKey = Json.object()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", Json.text(key, "kid"))
                .put("n", Json.text(key, "n"))
                .put("e", Json.text(key, "e"));
        ObjectNode set = Json.object();
        set.set("keys", Json.array(List.of(publicKey)));
        return set;
    }

    /** Signs claims with RS256; returns a JWT in compact form. */
    String sign(ObjectNode claims) {
        ObjectNode key = currentKey();
        ObjectNode header = Json.object().put("alg", "RS256").put("typ", "JWT").put("kid", Json.text(key, "kid"));
        String content = Hashing.base64Url(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + Hashing.base64Url(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(privateKey(key));
            rsa.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + Hashing.base64Url(rsa.sign());
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static PrivateKey privateKey(ObjectNode key) throws GeneralSecurityException {
        byte[] encoded = Base64.getUrlDecoder().decode(Json.text(key, "private"));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
