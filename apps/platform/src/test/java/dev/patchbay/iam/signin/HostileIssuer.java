package dev.patchbay.iam.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/** An OIDC issuer, beside the sandbox's, whose answers tests can falsify. */
final class HostileIssuer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, ObjectNode> tokenResponses = new ConcurrentHashMap<>();
    final AtomicInteger discoveryRequests = new AtomicInteger();
    final AtomicInteger keysRequests = new AtomicInteger();
    RSAKey key = rsa("first");
    ECKey curve = ec();
    final ObjectNode discovery = Json.object();
    final ObjectNode userinfo = Json.object();
    int discoveryStatus = 200;
    Runnable duringDiscovery = () -> {};
    String tokenRefusal = "{\"error\":\"invalid_grant\"}";
    String keysBody = "";
    String lastAuthorization = "";
    String lastForm = "";

    HostileIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 16);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        discovery
                .put("issuer", url())
                .put("authorization_endpoint", url() + "/authorize?tenant=1")
                .put("token_endpoint", url() + "/token")
                .put("jwks_uri", url() + "/keys");
        server.createContext("/.well-known/openid-configuration", exchange -> {
            discoveryRequests.incrementAndGet();
            duringDiscovery.run();
            respond(exchange, discoveryStatus, Json.write(discovery));
        });
        server.createContext("/keys", exchange -> {
            keysRequests.incrementAndGet();
            respond(exchange, 200, keysBody.isEmpty() ? published() : keysBody);
        });
        server.createContext("/userinfo", exchange -> {
            lastAuthorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            respond(exchange, 200, Json.write(userinfo));
        });
        server.createContext("/token", this::token);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String published() {
        return new JWKSet(java.util.List.of(key.toPublicJWK(), curve.toPublicJWK())).toString();
    }

    private void token(HttpExchange exchange) throws IOException {
        lastAuthorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        lastForm = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        // A code works twice here, so that tests see that the platform itself refuses it.
        tokenResponses.entrySet().stream()
                .filter(tokenResponse -> lastForm.contains("code=" + tokenResponse.getKey() + "&"))
                .findFirst()
                .ifPresentOrElse(
                        tokenResponse -> respond(exchange, 200, Json.write(tokenResponse.getValue())),
                        () -> respond(exchange, 400, tokenRefusal));
    }

    private static void respond(HttpExchange exchange, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Answers that code with this ID token. */
    void returnTokenFor(String code, String idToken) {
        tokenResponses.put(
                code,
                Json.object()
                        .put("id_token", idToken)
                        .put("access_token", "access")
                        .put("token_type", "Bearer"));
    }

    /** Answers that code with this ID token and no access token. */
    void returnIdTokenOnlyFor(String code, String idToken) {
        tokenResponses.put(code, Json.object().put("id_token", idToken));
    }

    JWTClaimsSet.Builder claims(String client, String subject, String nonce, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .subject(subject)
                .audience(client)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", nonce)
                .claim("email", "somebody@example.com")
                .claim("email_verified", true);
    }

    String signed(JWTClaimsSet claims) {
        return rs256(claims, key);
    }

    static String rs256(JWTClaimsSet claims, RSAKey by) {
        return sign(claims, header(JWSAlgorithm.RS256, by.getKeyID()), token -> token.sign(new RSASSASigner(by)));
    }

    String rs512(JWTClaimsSet claims) {
        return sign(claims, header(JWSAlgorithm.RS512, key.getKeyID()), token -> token.sign(new RSASSASigner(key)));
    }

    String es256(JWTClaimsSet claims) {
        return sign(claims, header(JWSAlgorithm.ES256, curve.getKeyID()), token -> token.sign(new ECDSASigner(curve)));
    }

    /** Signed with the public key as a shared secret. */
    String hs256(JWTClaimsSet claims) {
        return sign(
                claims,
                header(JWSAlgorithm.HS256, key.getKeyID()),
                token -> token.sign(new MACSigner(key.toRSAPublicKey().getEncoded())));
    }

    static String unsigned(JWTClaimsSet claims) {
        return new PlainJWT(claims).serialize();
    }

    private interface Signing {
        void by(SignedJWT token) throws JOSEException;
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String key) {
        return new JWSHeader.Builder(algorithm).keyID(key).build();
    }

    private static String sign(JWTClaimsSet claims, JWSHeader header, Signing signing) {
        var token = new SignedJWT(header, claims);
        try {
            signing.by(token);
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return token.serialize();
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
