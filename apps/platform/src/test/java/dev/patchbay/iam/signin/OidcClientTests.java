package dev.patchbay.iam.signin;

import static dev.patchbay.iam.signin.OidcFixture.CLIENT;
import static dev.patchbay.iam.signin.OidcFixture.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.iam.oidc.AsciiText;
import dev.patchbay.iam.oidc.VerifiedIdentity;
import dev.patchbay.iam.signin.OidcFixture.PendingVisit;
import dev.patchbay.kernel.Secret;
import dev.patchbay.testing.PatchbayTest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Requests to an issuer, and the claims that are trusted. */
@PatchbayTest
class OidcClientTests extends SignInFixture {

    @Test
    void anUnknownKeyIsFetchedOnce() {
        var signIns = signIns("");
        signIn(signIns, HostileIssuer::signed, UnaryOperator.identity());
        server.keysRequests.set(0);
        server.key = HostileIssuer.rsa("second");
        signIn(signIns, HostileIssuer::signed, UnaryOperator.identity());
        assertThat(server.keysRequests).hasValue(1);
        var unknown = HostileIssuer.rsa("third");
        assertThatThrownBy(() -> signIn(
                        signIns, (issuer, claims) -> HostileIssuer.rs256(claims, unknown), UnaryOperator.identity()))
                .hasMessageContaining("not signed by");
        assertThat(server.keysRequests).hasValue(2);
    }

    private VerifiedIdentity verifiedIdentity(UnaryOperator<JWTClaimsSet.Builder> change) {
        var claims = server.claims(CLIENT, subject, "nonce", Instant.now());
        return oidcFixture.verify(
                OidcFixture.registration(server, ""),
                server.signed(change.apply(claims).build()),
                "nonce",
                "access");
    }

    private static JWTClaimsSet.Builder withoutEmail(JWTClaimsSet.Builder claims) {
        return claims.claim("email", null);
    }

    @Test
    void aMissingEmailIsFetchedFromUserInfoWhenNeeded() {
        server.discovery.put("userinfo_endpoint", server.url() + "/userinfo");
        server.userinfo.put("sub", subject).put("email", "Known@example.com").put("email_verified", true);
        var verifiedIdentity = verifiedIdentity(OidcClientTests::withoutEmail);
        assertThat(server.lastAuthorization).isEmpty();
        assertThat(verifiedIdentity.email()).isEqualTo("known@example.com");
        assertThat(server.lastAuthorization).isEqualTo("Bearer access");
        server.userinfo.put("sub", "somebody else");
        assertThat(verifiedIdentity.withResolvedEmail().email()).isEqualTo("known@example.com");
        var other = verifiedIdentity(OidcClientTests::withoutEmail);
        assertThatThrownBy(other::email).hasMessageContaining("claims of another account");
    }

    @Test
    void withoutUserInfoThereIsNoEmail() {
        assertThat(verifiedIdentity(OidcClientTests::withoutEmail).email()).isEmpty();
        server.discovery.put("userinfo_endpoint", server.url() + "/userinfo");
        var signIns = signIns("");
        var pendingVisit = PendingVisit.begin(signIns);
        var claims = withoutEmail(server.claims(CLIENT, Secret.next(), pendingVisit.nonce(), Instant.now()));
        server.returnIdTokenOnlyFor("code1", server.signed(claims.build()));
        assertThatThrownBy(() -> signIns.finish(pendingVisit.secret(), pendingVisit.callback(), ORIGIN))
                .hasMessageContaining("No user here has this account");
        var nothing = PendingVisit.begin(signIns);
        assertThatThrownBy(() -> signIns.finish(
                        nothing.secret(), new AuthorizationResponse(nothing.state(), "", "", ""), ORIGIN))
                .hasMessageContaining("did not let you in");
    }

    @Test
    void onlyAVerifiedEmailCounts() {
        assertThat(verifiedIdentity(UnaryOperator.identity()).email()).isEqualTo("somebody@example.com");
        assertThat(verifiedIdentity(claims -> claims.claim("email_verified", "true"))
                        .email())
                .isEmpty();
        assertThat(verifiedIdentity(claims -> claims.claim("email_verified", null))
                        .email())
                .isEmpty();
        server.discovery.put("userinfo_endpoint", server.url() + "/userinfo");
        server.userinfo.put("sub", subject).put("email", "known@example.com").put("email_verified", "true");
        assertThat(verifiedIdentity(OidcClientTests::withoutEmail).email()).isEmpty();
        server.userinfo.put("email_verified", 1);
        assertThat(verifiedIdentity(OidcClientTests::withoutEmail).email()).isEmpty();
    }

    @Test
    void lookAlikeLettersMatchNobody() {
        assertThat(verifiedIdentity(claims -> claims.claim("email", "adm\u0131n@example.com"))
                        .email())
                .isEmpty();
        assertThat(AsciiText.equalsIgnoreCase("Admin@Example.com", "admin@example.COM"))
                .isTrue();
        assertThat(AsciiText.equalsIgnoreCase("admin@example.com", "adm\u0131n@example.com"))
                .isFalse();
        assertThat(AsciiText.equalsIgnoreCase("\u212Aim@example.com", "kim@example.com"))
                .isFalse();
        assertThat(AsciiText.equalsIgnoreCase("kim@example.com", "tim@example.com"))
                .isFalse();
    }

    @Test
    void theClientSecretIsSentAsTheIssuerSupports() {
        server.discovery.putArray("token_endpoint_auth_methods_supported").add("client_secret_post");
        signIn(signIns(""), HostileIssuer::signed, UnaryOperator.identity());
        assertThat(server.lastForm).contains("client_secret=s%26cret", "client_id=our+client");
        assertThat(server.lastAuthorization).isEqualTo("null");
        server.discovery.putArray("token_endpoint_auth_methods_supported").add("client_secret_basic");
        var publicClient = OidcFixture.publicClient(server.url());
        signIn(oidcFixture.signInsWith(publicClient), HostileIssuer::signed, UnaryOperator.identity());
        assertThat(server.lastForm).contains("client_id=our+client").doesNotContain("client_secret");
        assertThat(publicClient.toString()).doesNotContain("s&cret");
    }

    @Test
    void aMissingIssParameterIsRefusedWhereItIsAnnounced() {
        server.discovery.put("authorization_response_iss_parameter_supported", true);
        var signIns = signIns("");
        assertThatThrownBy(() -> signIn(signIns, HostileIssuer::signed, UnaryOperator.identity()))
                .hasMessageContaining("another sign-in service");
        var pendingVisit = PendingVisit.begin(signIns);
        server.returnTokenFor(
                "code1",
                server.signed(server.claims(CLIENT, subject, pendingVisit.nonce(), Instant.now())
                        .build()));
        var named = new AuthorizationResponse(pendingVisit.state(), "code1", "", server.url());
        assertThat(signIns.finish(pendingVisit.secret(), named, ORIGIN).returnPath())
                .isEqualTo("/");
        assertThat(named.toString()).doesNotContain("code1");
    }

    @Test
    void promptIsSentUnlessItIsEmpty() {
        assertThat(signIns("").begin("/", Optional.empty()).location().getQuery())
                .contains("prompt=select_account");
        var none = OidcFixture.publicClient(server.url());
        assertThat(oidcFixture
                        .signInsWith(none)
                        .begin("/", Optional.empty())
                        .location()
                        .getQuery())
                .doesNotContain("prompt");
    }
}
