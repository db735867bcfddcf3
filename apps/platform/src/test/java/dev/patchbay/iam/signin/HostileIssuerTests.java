package dev.patchbay.iam.signin;

import static dev.patchbay.iam.signin.OidcFixture.CLIENT;
import static dev.patchbay.iam.signin.OidcFixture.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.signin.OidcFixture.PendingVisit;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.Secret;
import dev.patchbay.testing.PatchbayTest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** ID tokens of an issuer over HTTP: a valid one opens a session, every other is refused and opens none. */
@PatchbayTest
class HostileIssuerTests extends SignInFixture {

    @Autowired
    private Sessions sessions;

    private void assertRefused(
            String hostedDomain,
            BiFunction<HostileIssuer, JWTClaimsSet, String> encode,
            UnaryOperator<JWTClaimsSet.Builder> change,
            String why) {
        var signIns = signIns(hostedDomain);
        assertThatThrownBy(() -> signIn(signIns, encode, change))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(why);
        assertThat(sessions.list(tenant, user)).isEmpty();
    }

    @Test
    void aValidIdTokenOpensASession() {
        var completedSignIn = signIn(signIns(""), HostileIssuer::signed, UnaryOperator.identity());
        assertThat(completedSignIn.session().tenant()).isEqualTo(tenant);
        assertThat(sessions.authenticate(completedSignIn.session().secret())
                        .orElseThrow()
                        .subject())
                .isEqualTo(user.value());
        assertThat(sessions.list(tenant, user)).hasSize(1);
        assertThat(server.lastAuthorization).startsWith("Basic ");
        assertThat(server.lastForm).contains("code_verifier=").doesNotContain("client_secret");
        assertThat(completedSignIn.toString())
                .doesNotContain(completedSignIn.session().secret());
    }

    @Test
    void es256AndAuthorizedPartyAreAccepted() {
        var signIns = signIns("Example.com");
        signIn(signIns, HostileIssuer::es256, claims -> claims.claim("hd", "example.com"));
        signIn(
                signIns,
                HostileIssuer::signed,
                claims -> claims.claim("hd", "example.com")
                        .audience(List.of(CLIENT, "other"))
                        .claim("azp", CLIENT)
                        .notBeforeTime(Date.from(Instant.now()))
                        .claim("at_hash", Secret.encode(Arrays.copyOf(Secret.hash("access"), 16))));
        assertThat(sessions.list(tenant, user)).hasSize(2);
    }

    static Stream<Arguments> manipulatedClaims() {
        Date past = Date.from(Instant.now().minusSeconds(120));
        Date future = Date.from(Instant.now().plusSeconds(120));
        return Stream.of(
                manipulatedClaim("is for another application", claims -> claims.audience("other")),
                manipulatedClaim("is for another application", claims -> claims.audience(List.of())),
                manipulatedClaim("was issued to another application", claims -> claims.claim("azp", "other")),
                manipulatedClaim(
                        "was issued to another application", claims -> claims.audience(List.of(CLIENT, "other"))),
                manipulatedClaim("has expired", claims -> claims.expirationTime(past)),
                manipulatedClaim("has expired", claims -> claims.expirationTime(null)),
                manipulatedClaim("is not valid yet", claims -> claims.issueTime(future)),
                manipulatedClaim("is not valid yet", claims -> claims.issueTime(null)),
                manipulatedClaim("is not valid yet", claims -> claims.notBeforeTime(future)),
                manipulatedClaim(
                        "is too old",
                        claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(3600)))),
                manipulatedClaim(
                        "was issued by another service", claims -> claims.issuer("https://accounts.google.com")),
                manipulatedClaim("belongs to another sign-in", claims -> claims.claim("nonce", "another")),
                manipulatedClaim("belongs to another sign-in", claims -> claims.claim("nonce", null)),
                manipulatedClaim("belongs to another sign-in", claims -> claims.claim("nonce", List.of("a"))),
                manipulatedClaim(
                        "does not belong to its access token",
                        claims -> claims.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
                manipulatedClaim("names no subject", claims -> claims.subject(null)),
                manipulatedClaim("names no subject", claims -> claims.subject("")),
                manipulatedClaim("No user here has this account", claims -> claims.subject("somebody else")));
    }

    private static Arguments manipulatedClaim(String why, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(why, change);
    }

    @ParameterizedTest
    @MethodSource("manipulatedClaims")
    void anIdTokenWithWrongClaimsIsRefused(String why, UnaryOperator<JWTClaimsSet.Builder> change) {
        assertRefused("", HostileIssuer::signed, change, why);
    }

    @Test
    void anIdTokenNotSignedByTheIssuerIsRefused() {
        String why = "is not signed by the issuer";
        assertRefused("", (issuer, claims) -> HostileIssuer.unsigned(claims), UnaryOperator.identity(), why);
        assertRefused("", HostileIssuer::hs256, UnaryOperator.identity(), why);
        assertRefused("", HostileIssuer::rs512, UnaryOperator.identity(), why);
        assertRefused("", (issuer, claims) -> "no token", UnaryOperator.identity(), why);
        var forged = HostileIssuer.rsa("first");
        assertRefused("", (issuer, claims) -> HostileIssuer.rs256(claims, forged), UnaryOperator.identity(), why);
        var honest = "";
        assertRefused(
                honest,
                (issuer, claims) -> issuer.signed(claims).replaceFirst("\\.[^.]+\\.", ".e30."),
                UnaryOperator.identity(),
                why);
    }

    @Test
    void onlyTheConfiguredHostedDomainSignsIn() {
        assertRefused("example.com", HostileIssuer::signed, UnaryOperator.identity(), "Only accounts of example.com");
        assertRefused("example.com", HostileIssuer::signed, claims -> claims.claim("hd", "evil.com"), "Only accounts");
    }

    @Test
    void aReplayedCodeOrStateIsRefused() {
        var signIns = signIns("");
        var pendingVisit = PendingVisit.begin(signIns);
        server.returnTokenFor(
                "code1",
                server.signed(server.claims(CLIENT, subject, pendingVisit.nonce(), Instant.now())
                        .build()));
        signIns.finish(pendingVisit.secret(), pendingVisit.callback(), ORIGIN);
        // The same callback once more, at an issuer that accepts codes twice.
        assertThatThrownBy(() -> signIns.finish(pendingVisit.secret(), pendingVisit.callback(), ORIGIN))
                .hasMessageContaining("used already");
        // The code in another sign-in: the nonce differs.
        var other = PendingVisit.begin(signIns);
        assertThatThrownBy(() -> signIns.finish(other.secret(), other.callback(), ORIGIN))
                .hasMessageContaining("another sign-in");
        var third = PendingVisit.begin(signIns);
        assertThatThrownBy(() -> signIns.finish(third.secret(), pendingVisit.callback(), ORIGIN))
                .hasMessageContaining("another browser");
        assertThatThrownBy(() -> signIns.finish("", pendingVisit.callback(), ORIGIN))
                .hasMessageContaining("another browser");
        assertThat(sessions.list(tenant, user)).hasSize(1);
    }

    @Test
    void anEmailAddressAloneSignsNobodyIn() {
        // Another account with the address of a user.
        assertRefused(
                "",
                HostileIssuer::signed,
                claims -> claims.subject("another").claim("email", user + "@example.com"),
                "No user here has this account");
    }
}
