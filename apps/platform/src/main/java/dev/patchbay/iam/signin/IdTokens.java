package dev.patchbay.iam.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.patchbay.iam.signin.SignInRefused.Reason;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Problem;
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

/** Verifies ID tokens as OpenID Connect Core 1.0 asks (3.1.3.7), and Google's {@code hd}. */
@Component
class IdTokens {

    /** Public-key algorithms only: a token without a signature, or signed with what is public, is anybody's. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration OLDEST = Duration.ofMinutes(10);

    private final Issuer issuer;
    private final Clock clock;

    IdTokens(Issuer issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * @param nonce what this sign-in was begun with
     * @param accessToken what came beside it; empty when none did
     * @throws Problem {@code 403.sign_in_refused}
     */
    VerifiedIdentity verify(String token, String nonce, String accessToken) {
        var client = issuer.client();
        var claims = signed(token);
        require(client.issuer().equals(claims.getIssuer()), "comes from another service");
        requireForUs(claims, client.clientId());
        requireNow(claims);
        require(Secret.constantTimeEquals(nonce, text(claims, "nonce")), "belongs to another sign-in");
        requireBoundTo(claims, accessToken);
        requireDomain(claims, client);
        String subject = Optional.ofNullable(claims.getSubject()).orElse("");
        require(!subject.isEmpty(), "does not say who it is about");
        return new VerifiedIdentity(client.issuer(), subject, () -> address(claims, subject, accessToken));
    }

    /** As the token says it, or where it says nothing, as the issuer tells by itself; empty when it is not verified. */
    private String address(JWTClaimsSet claims, String subject, String accessToken) {
        if (claims.getClaim("email") != null) {
            return Boolean.TRUE.equals(claims.getClaim("email_verified")) ? text(claims, "email") : "";
        }
        var told = issuer.told(subject, accessToken);
        return told.path("email_verified").booleanValue(false)
                ? told.path("email").asString("")
                : "";
    }

    private JWTClaimsSet signed(String token) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(ALGORITHMS, (selector, context) -> issuer.select(selector)));
        // What it claims is checked here, by our clock.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        try {
            return processor.process(token, null);
        } catch (ParseException | BadJOSEException | JOSEException forged) {
            throw refused("is not signed as it has to be");
        }
    }

    private static void requireForUs(JWTClaimsSet claims, String clientId) {
        List<String> audience = claims.getAudience();
        String party = text(claims, "azp");
        require(audience.contains(clientId), "is for another application");
        require(party.isEmpty() ? audience.size() == 1 : party.equals(clientId), "was given to another application");
    }

    private void requireNow(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Instant issued = moment(claims.getIssueTime(), Instant.MAX);
        require(moment(claims.getExpirationTime(), Instant.MIN).isAfter(now.minus(SKEW)), "has expired");
        require(!issued.isAfter(now.plus(SKEW)), "is not valid yet");
        require(!issued.isBefore(now.minus(OLDEST)), "is too old");
        require(!moment(claims.getNotBeforeTime(), Instant.MIN).isAfter(now.plus(SKEW)), "is not valid yet");
    }

    private static Instant moment(@Nullable Date date, Instant unsaid) {
        return date == null ? unsaid : date.toInstant();
    }

    /** {@code at_hash}, where the issuer says it: half the SHA-256 of the access token (3.1.3.6). */
    private static void requireBoundTo(JWTClaimsSet claims, String accessToken) {
        String said = text(claims, "at_hash");
        String half = Secret.encode(Arrays.copyOf(Hashing.sha256(Hashing.utf8(accessToken)), 16));
        require(said.isEmpty() || Secret.constantTimeEquals(said, half), "does not belong to what came with it");
    }

    private static void requireDomain(JWTClaimsSet claims, SignInSettings.Oidc client) {
        if (!client.hostedDomain().isEmpty() && !Ascii.same(client.hostedDomain(), text(claims, "hd"))) {
            throw SignInRefused.because(
                    Reason.ANOTHER_DOMAIN,
                    "Only accounts of " + client.hostedDomain() + " may sign in here; choose another account.");
        }
    }

    private static String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : "";
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw refused(otherwise);
        }
    }

    private static Problem refused(String why) {
        return SignInRefused.because(Reason.TOKEN_REFUSED, "What the sign-in service sent " + why + "; start again.");
    }
}
