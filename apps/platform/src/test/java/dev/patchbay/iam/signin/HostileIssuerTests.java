package dev.patchbay.iam.signin;

import static dev.patchbay.iam.signin.Strangers.CLIENT;
import static dev.patchbay.iam.signin.Strangers.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.iam.signin.Strangers.Visit;
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

/** An OIDC server that is not our sandbox, over HTTP: an honest sign-in works, every other is refused and opens no session. */
@PatchbayTest
class HostileIssuerTests extends SignInFixture {

    @Autowired
    private Sessions sessions;

    private void refused(
            String hostedDomain,
            BiFunction<HostileIssuer, JWTClaimsSet, String> made,
            UnaryOperator<JWTClaimsSet.Builder> told,
            String why) {
        var signIns = signIns(hostedDomain);
        assertThatThrownBy(() -> signIn(signIns, made, told))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(why);
        assertThat(sessions.list(tenant, user)).isEmpty();
    }

    @Test
    void anHonestSignInOpensASession() {
        var signedIn = signIn(signIns(""), HostileIssuer::signed, UnaryOperator.identity());
        assertThat(signedIn.session().tenant()).isEqualTo(tenant);
        assertThat(sessions.use(signedIn.session().secret()).orElseThrow().subject())
                .isEqualTo(user);
        assertThat(sessions.list(tenant, user)).hasSize(1);
        assertThat(server.lastAuthorization).startsWith("Basic ");
        assertThat(server.lastForm).contains("code_verifier=").doesNotContain("client_secret");
        assertThat(signedIn.toString()).doesNotContain(signedIn.session().secret());
    }

    @Test
    void ellipticCurvesAndPartiesAreFine() {
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

    static Stream<Arguments> lies() {
        Date past = Date.from(Instant.now().minusSeconds(120));
        Date future = Date.from(Instant.now().plusSeconds(120));
        return Stream.of(
                lie("is for another application", claims -> claims.audience("other")),
                lie("is for another application", claims -> claims.audience(List.of())),
                lie("was given to another application", claims -> claims.claim("azp", "other")),
                lie("was given to another application", claims -> claims.audience(List.of(CLIENT, "other"))),
                lie("has expired", claims -> claims.expirationTime(past)),
                lie("has expired", claims -> claims.expirationTime(null)),
                lie("is not valid yet", claims -> claims.issueTime(future)),
                lie("is not valid yet", claims -> claims.issueTime(null)),
                lie("is not valid yet", claims -> claims.notBeforeTime(future)),
                lie(
                        "is too old",
                        claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(3600)))),
                lie("comes from another service", claims -> claims.issuer("https://accounts.google.com")),
                lie("belongs to another sign-in", claims -> claims.claim("nonce", "another")),
                lie("belongs to another sign-in", claims -> claims.claim("nonce", null)),
                lie("belongs to another sign-in", claims -> claims.claim("nonce", List.of("a"))),
                lie(
                        "does not belong to what came with it",
                        claims -> claims.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
                lie("does not say who", claims -> claims.subject(null)),
                lie("does not say who", claims -> claims.subject("")),
                lie("Nobody here has this account", claims -> claims.subject("somebody else")));
    }

    private static Arguments lie(String why, UnaryOperator<JWTClaimsSet.Builder> told) {
        return Arguments.of(why, told);
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aTokenThatSaysSomethingElseIsRefused(String why, UnaryOperator<JWTClaimsSet.Builder> told) {
        refused("", HostileIssuer::signed, told, why);
    }

    @Test
    void aTokenThatIsNotSignedByTheIssuerIsRefused() {
        String why = "not signed as it has to be";
        refused("", (issuer, claims) -> HostileIssuer.unsigned(claims), UnaryOperator.identity(), why);
        refused("", HostileIssuer::hs256, UnaryOperator.identity(), why);
        refused("", HostileIssuer::rs512, UnaryOperator.identity(), why);
        refused("", (issuer, claims) -> "no token", UnaryOperator.identity(), why);
        var forged = HostileIssuer.rsa("first");
        refused("", (issuer, claims) -> HostileIssuer.rs256(claims, forged), UnaryOperator.identity(), why);
        var honest = "";
        refused(
                honest,
                (issuer, claims) -> issuer.signed(claims).replaceFirst("\\.[^.]+\\.", ".e30."),
                UnaryOperator.identity(),
                why);
    }

    @Test
    void onlyTheWorkspaceThatWasNamedSignsIn() {
        refused("example.com", HostileIssuer::signed, UnaryOperator.identity(), "Only accounts of example.com");
        refused("example.com", HostileIssuer::signed, claims -> claims.claim("hd", "evil.com"), "Only accounts");
    }

    @Test
    void aReplayedCodeOrStateOpensNothing() {
        var signIns = signIns("");
        var visit = Visit.of(signIns);
        server.gives(
                "code1",
                server.signed(server.claims(CLIENT, subject, visit.nonce(), Instant.now())
                        .build()));
        signIns.finish(visit.secret(), visit.back(), ORIGIN);
        // The same browser and address once more, at an issuer that takes its codes twice.
        assertThatThrownBy(() -> signIns.finish(visit.secret(), visit.back(), ORIGIN))
                .hasMessageContaining("used already");
        // The code in another sign-in: its nonce is not that one's.
        var other = Visit.of(signIns);
        assertThatThrownBy(() -> signIns.finish(other.secret(), other.back(), ORIGIN))
                .hasMessageContaining("another sign-in");
        var third = Visit.of(signIns);
        assertThatThrownBy(() -> signIns.finish(third.secret(), visit.back(), ORIGIN))
                .hasMessageContaining("another browser");
        assertThatThrownBy(() -> signIns.finish("", visit.back(), ORIGIN)).hasMessageContaining("another browser");
        assertThat(sessions.list(tenant, user)).hasSize(1);
    }

    @Test
    void nobodyIsSignedInByAnAddressAlone() {
        // Somebody else's account, with the very address of a user.
        refused(
                "",
                HostileIssuer::signed,
                claims -> claims.subject("another").claim("email", user + "@example.com"),
                "Nobody here has this account");
    }
}
