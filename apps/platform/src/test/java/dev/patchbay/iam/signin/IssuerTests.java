package dev.patchbay.iam.signin;

import static dev.patchbay.iam.signin.Strangers.CLIENT;
import static dev.patchbay.iam.signin.Strangers.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.iam.signin.Strangers.Visit;
import dev.patchbay.kernel.Secret;
import dev.patchbay.testing.PatchbayTest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is asked of an issuer, and what it has to be before anything it says is believed. */
@PatchbayTest
class IssuerTests extends SignInFixture {

    @Test
    void anUnknownKeyIsAskedForOnceMore() {
        var signIns = signIns("");
        signIn(signIns, HostileIssuer::signed, UnaryOperator.identity());
        server.keysAsked.set(0);
        server.key = HostileIssuer.rsa("second");
        signIn(signIns, HostileIssuer::signed, UnaryOperator.identity());
        assertThat(server.keysAsked).hasValue(1);
        var unknown = HostileIssuer.rsa("third");
        assertThatThrownBy(() -> signIn(
                        signIns, (issuer, claims) -> HostileIssuer.rs256(claims, unknown), UnaryOperator.identity()))
                .hasMessageContaining("not signed");
        assertThat(server.keysAsked).hasValue(2);
    }

    private VerifiedIdentity person(UnaryOperator<JWTClaimsSet.Builder> told) {
        var claims = server.claims(CLIENT, subject, "nonce", Instant.now());
        return strangers
                .tokens(Strangers.client(server, ""))
                .verify(server.signed(told.apply(claims).build()), "nonce", "access");
    }

    private static JWTClaimsSet.Builder silent(JWTClaimsSet.Builder claims) {
        return claims.claim("email", null);
    }

    @Test
    void whatTheTokenDoesNotSayTheIssuerIsAskedForWhenSomebodyWantsToKnow() {
        server.discovery.put("userinfo_endpoint", server.url() + "/userinfo");
        server.userinfo.put("sub", subject).put("email", "Known@example.com").put("email_verified", true);
        var verifiedIdentity = person(IssuerTests::silent);
        assertThat(server.lastAuthorization).isEmpty();
        assertThat(verifiedIdentity.email()).isEqualTo("known@example.com");
        assertThat(server.lastAuthorization).isEqualTo("Bearer access");
        server.userinfo.put("sub", "somebody else");
        assertThat(verifiedIdentity.withEmail().email()).isEqualTo("known@example.com");
        var other = person(IssuerTests::silent);
        assertThatThrownBy(other::email).hasMessageContaining("told about somebody else");
    }

    @Test
    void whereItTellsNothingThereIsNoAddress() {
        assertThat(person(IssuerTests::silent).email()).isEmpty();
        server.discovery.put("userinfo_endpoint", server.url() + "/userinfo");
        var signIns = signIns("");
        var visit = Visit.of(signIns);
        var claims = silent(server.claims(CLIENT, Secret.next(), visit.nonce(), Instant.now()));
        server.givesOnly("code1", server.signed(claims.build()));
        assertThatThrownBy(() -> signIns.finish(visit.secret(), visit.back(), ORIGIN))
                .hasMessageContaining("Nobody here has this account");
        var nothing = Visit.of(signIns);
        assertThatThrownBy(() ->
                        signIns.finish(nothing.secret(), new SignIns.Returned(nothing.state(), "", "", ""), ORIGIN))
                .hasMessageContaining("did not let you in");
    }

    @Test
    void onlyAnAddressThatIsVerifiedBeyondDoubtCounts() {
        assertThat(person(UnaryOperator.identity()).email()).isEqualTo("somebody@example.com");
        assertThat(person(claims -> claims.claim("email_verified", "true")).email())
                .isEmpty();
        assertThat(person(claims -> claims.claim("email_verified", null)).email())
                .isEmpty();
        server.discovery.put("userinfo_endpoint", server.url() + "/userinfo");
        server.userinfo.put("sub", subject).put("email", "known@example.com").put("email_verified", "true");
        assertThat(person(IssuerTests::silent).email()).isEmpty();
        server.userinfo.put("email_verified", 1);
        assertThat(person(IssuerTests::silent).email()).isEmpty();
    }

    @Test
    void lettersThatPassForOthersAreNobodys() {
        assertThat(person(claims -> claims.claim("email", "adm\u0131n@example.com"))
                        .email())
                .isEmpty();
        assertThat(Ascii.same("Admin@Example.com", "admin@example.COM")).isTrue();
        assertThat(Ascii.same("admin@example.com", "adm\u0131n@example.com")).isFalse();
        assertThat(Ascii.same("\u212Aim@example.com", "kim@example.com")).isFalse();
        assertThat(Ascii.same("kim@example.com", "tim@example.com")).isFalse();
    }

    @Test
    void ourSecretIsShownAsTheIssuerTakesIt() {
        server.discovery.putArray("token_endpoint_auth_methods_supported").add("client_secret_post");
        signIn(signIns(""), HostileIssuer::signed, UnaryOperator.identity());
        assertThat(server.lastForm).contains("client_secret=s%26cret", "client_id=our+client");
        assertThat(server.lastAuthorization).isEqualTo("null");
        server.discovery.putArray("token_endpoint_auth_methods_supported").add("client_secret_basic");
        var open = new SignInSettings.Oidc(server.url(), CLIENT, "", "", "", "Test");
        signIn(strangers.at(open), HostileIssuer::signed, UnaryOperator.identity());
        assertThat(server.lastForm).contains("client_id=our+client").doesNotContain("client_secret");
        assertThat(open.toString()).doesNotContain("s&cret");
    }

    @Test
    void anIssuerThatNamesItselfDoesSoEachTime() {
        server.discovery.put("authorization_response_iss_parameter_supported", true);
        var signIns = signIns("");
        assertThatThrownBy(() -> signIn(signIns, HostileIssuer::signed, UnaryOperator.identity()))
                .hasMessageContaining("Another sign-in service");
        var visit = Visit.of(signIns);
        server.gives(
                "code1",
                server.signed(server.claims(CLIENT, subject, visit.nonce(), Instant.now())
                        .build()));
        var named = new SignIns.Returned(visit.state(), "code1", "", server.url());
        assertThat(signIns.finish(visit.secret(), named, ORIGIN).goal()).isEqualTo("/");
        assertThat(named.toString()).doesNotContain("code1");
    }

    @Test
    void itIsAskedToAskForTheAccountUnlessItKnowsNoSuchQuestion() {
        assertThat(signIns("").begin("/", Optional.empty()).to().getQuery()).contains("prompt=select_account");
        var none = new SignInSettings.Oidc(server.url(), CLIENT, "", "", "", "Test");
        assertThat(strangers.at(none).begin("/", Optional.empty()).to().getQuery())
                .doesNotContain("prompt");
    }
}
