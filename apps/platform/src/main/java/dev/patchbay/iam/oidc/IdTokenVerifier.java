package dev.patchbay.iam.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.patchbay.iam.oidc.SignInRefused.Reason;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Secret;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Verifies ID tokens (OpenID Connect Core 1.0, 3.1.3.7) and Google's {@code hd} claim. */
@Component
class IdTokenVerifier {

    /** Public-key algorithms only: anybody could make a token that is unsigned, or signed with a public key as shared secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);
    private static final Duration MAX_TOKEN_AGE = Duration.ofMinutes(10);

    private final OidcSettings client;
    private final IssuerCache issuer;
    private final UserInfoEndpoint userInfo;
    private final Clock clock;

    IdTokenVerifier(OidcSettings client, IssuerCache issuer, UserInfoEndpoint userInfo, Clock clock) {
        this.client = client;
        this.issuer = issuer;
        this.userInfo = userInfo;
        this.clock = clock;
    }

    /**
     * @param nonce of the authorization request
     * @param accessToken issued with the ID token; empty text when none was
     * @throws SignInRefused when the token is invalid
     */
    VerifiedIdentity verify(String idToken, String nonce, String accessToken) {
        var claims = verifySignature(idToken);
        require(client.issuer().equals(claims.getIssuer()), "was issued by another service");
        requireAudience(claims);
        requireValidNow(claims);
        require(Secret.constantTimeEquals(nonce, text(claims, "nonce")), "belongs to another sign-in");
        requireAccessTokenHash(claims, accessToken);
        requireHostedDomain(claims);
        String subject = Optional.ofNullable(claims.getSubject()).orElse("");
        require(!subject.isEmpty(), "names no subject");
        return new VerifiedIdentity(client.issuer(), subject, () -> verifiedEmail(claims, subject, accessToken));
    }

    /** Of the token, or of UserInfo when the token has no e-mail claim; empty text unless the issuer has verified it. */
    private String verifiedEmail(JWTClaimsSet claims, String subject, String accessToken) {
        if (claims.getClaim("email") != null) {
            return Boolean.TRUE.equals(claims.getClaim("email_verified")) ? text(claims, "email") : "";
        }
        var fetched = userInfo.fetchClaims(subject, accessToken);
        return fetched.path("email_verified").booleanValue(false)
                ? fetched.path("email").asString("")
                : "";
    }

    private JWTClaimsSet verifySignature(String idToken) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(ALGORITHMS, (selector, context) -> issuer.selectKeys(selector)));
        // Claims are verified by this class, with the injected clock.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        try {
            return processor.process(idToken, null);
        } catch (ParseException | BadJOSEException | JOSEException invalid) {
            throw invalid("is not signed by the issuer");
        }
    }

    private void requireAudience(JWTClaimsSet claims) {
        List<String> audience = claims.getAudience();
        String authorizedParty = text(claims, "azp");
        require(audience.contains(client.clientId()), "is for another application");
        require(
                authorizedParty.isEmpty() ? audience.size() == 1 : authorizedParty.equals(client.clientId()),
                "was issued to another application");
    }

    private void requireValidNow(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Instant issuedAt = instant(claims.getIssueTime(), Instant.MAX);
        require(instant(claims.getExpirationTime(), Instant.MIN).isAfter(now.minus(MAX_CLOCK_SKEW)), "has expired");
        require(!issuedAt.isAfter(now.plus(MAX_CLOCK_SKEW)), "is not valid yet");
        require(!issuedAt.isBefore(now.minus(MAX_TOKEN_AGE)), "is too old");
        require(!instant(claims.getNotBeforeTime(), Instant.MIN).isAfter(now.plus(MAX_CLOCK_SKEW)), "is not valid yet");
    }

    private static Instant instant(@Nullable Date date, Instant absent) {
        return date == null ? absent : date.toInstant();
    }

    /** Where the issuer sends {@code at_hash}: half of the access token's SHA-256 (3.1.3.6). */
    private static void requireAccessTokenHash(JWTClaimsSet claims, String accessToken) {
        String hash = text(claims, "at_hash");
        String expected = Secret.encode(Arrays.copyOf(Hashing.sha256(Hashing.utf8(accessToken)), 16));
        require(hash.isEmpty() || Secret.constantTimeEquals(hash, expected), "does not belong to its access token");
    }

    private void requireHostedDomain(JWTClaimsSet claims) {
        if (!client.hostedDomain().isEmpty()
                && !AsciiText.equalsIgnoreCase(client.hostedDomain(), text(claims, "hd"))) {
            throw SignInRefused.because(
                    Reason.DOMAIN_NOT_ALLOWED,
                    "Only accounts of " + client.hostedDomain() + " may sign in here; choose another account.");
        }
    }

    private static String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : "";
    }

    private static void require(boolean valid, String violation) {
        if (!valid) {
            throw invalid(violation);
        }
    }

    private static SignInRefused invalid(String violation) {
        return SignInRefused.because(
                Reason.INVALID_ID_TOKEN, "The sign-in service's ID token " + violation + "; start again.");
    }
}
