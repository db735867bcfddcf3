package dev.patchbay.sandbox;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The RSA key that ID tokens are signed with; made once and kept in the books, so that it outlives a restart. */
final class GoogleKeys {

    private static final String CURRENT = "current";

    private final Books books;

    GoogleKeys(Books books) {
        this.books = books;
    }

    private ObjectNode key() {
        return books.alone(() -> books.find(Shelf.GOOGLE_KEYS, CURRENT).orElseGet(this::fresh));
    }

    private ObjectNode fresh() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            var open = (RSAPublicKey) pair.getPublic();
            ObjectNode key = Json.object()
                    .put("kid", Ids.alphanumeric(20))
                    .put("n", base64(unsigned(open.getModulus())))
                    .put("e", base64(unsigned(open.getPublicExponent())))
                    .put("private", base64(pair.getPrivate().getEncoded()));
            books.put(Shelf.GOOGLE_KEYS, CURRENT, key);
            return key;
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    /** The JWK set that anybody may read. */
    ObjectNode published() {
        ObjectNode key = key();
        ObjectNode open = Json.object()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", Json.text(key, "kid"))
                .put("n", Json.text(key, "n"))
                .put("e", Json.text(key, "e"));
        ObjectNode set = Json.object();
        set.set("keys", Json.array(List.of(open)));
        return set;
    }

    /** A JWT in compact form, signed with RS256. */
    String sign(ObjectNode claims) {
        ObjectNode key = key();
        ObjectNode header = Json.object().put("alg", "RS256").put("typ", "JWT").put("kid", Json.text(key, "kid"));
        String content = base64(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(secret(key));
            rsa.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + base64(rsa.sign());
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static PrivateKey secret(ObjectNode key) throws GeneralSecurityException {
        byte[] encoded = Base64.getUrlDecoder().decode(Json.text(key, "private"));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
