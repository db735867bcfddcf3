package dev.patchbay.iam.internal.signin;

import static dev.patchbay.iam.internal.signin.Strangers.CLIENT;
import static dev.patchbay.iam.internal.signin.Strangers.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.iam.People;
import dev.patchbay.iam.SignInSettings;
import dev.patchbay.iam.internal.signin.Strangers.Visit;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is asked of an issuer, and what it has to be before anything it says is believed. */
@PatchbayTest
class IssuerTests {

    private final HostileIssuer server = new HostileIssuer();
    private final String subject = Secret.next();

    @Autowired
    private Strangers strangers;

    @Autowired
    private People people;

    private TenantId tenant = new TenantId("tnt_unset");
    private String user = "";

    @BeforeEach
    void aUserWhoIsKnownThere() {
        tenant = people.tenant();
        user = people.user(tenant, "Known");
        strangers.known(tenant, user, server, subject);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private SignIns signIns(String hostedDomain) {
        return strangers.at(Strangers.client(server, hostedDomain));
    }

    private SignIns.SignedIn signIn(
            SignIns signIns,
            BiFunction<HostileIssuer, JWTClaimsSet, String> made,
            UnaryOperator<JWTClaimsSet.Builder> told) {
        return Strangers.signIn(signIns, server, subject, made, told);
    }

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

    @Test
    void whatTheTokenDoesNotSayTheIssuerIsAskedFor() {
        server.discovery.put("userinfo_endpoint", server.url() + "/userinfo");
        server.userinfo.put("sub", subject).put("email", "known@example.com").put("email_verified", true);
        var signIns = signIns("");
        signIn(signIns, HostileIssuer::signed, claims -> claims.claim("email", null));
        assertThat(server.lastAuthorization).isEqualTo("Bearer access");
        server.userinfo.put("sub", "somebody else");
        assertThatThrownBy(() -> signIn(signIns, HostileIssuer::signed, claims -> claims.claim("email", null)))
                .hasMessageContaining("told about somebody else");
    }

    @Test
    void whereItTellsNothingThereIsNoAddress() {
        signIn(signIns(""), HostileIssuer::signed, claims -> claims.claim("email", null));
        server.discovery.put("userinfo_endpoint", server.url() + "/userinfo");
        server.userinfo.put("sub", subject).put("email", "known@example.com").put("email_verified", false);
        var signIns = signIns("");
        signIn(signIns, HostileIssuer::signed, claims -> claims.claim("email", null));
        var visit = Visit.of(signIns);
        var claims =
                server.claims(CLIENT, subject, visit.nonce(), Instant.now()).claim("email", null);
        server.givesOnly("code1", server.signed(claims.build()));
        assertThat(signIns.finish(visit.secret(), visit.back(), ORIGIN).goal()).isEqualTo("/");
        var nothing = Visit.of(signIns);
        assertThatThrownBy(() ->
                        signIns.finish(nothing.secret(), new SignIns.Returned(nothing.state(), "", "", ""), ORIGIN))
                .hasMessageContaining("did not let you in");
    }

    @Test
    void whatItSaysOfItselfIsAskedAnewAfterAnHour() {
        server.discovery.put("authorization_endpoint", "https://first.example/authorize");
        var now = new AtomicReference<>(Instant.now());
        InstantSource moved = now::get;
        var signIns = strangers.at(Strangers.client(server, ""), moved.withZone(ZoneOffset.UTC));
        assertThat(signIns.begin("/", Optional.empty()).to()).hasHost("first.example");
        server.discovery.put("authorization_endpoint", "https://second.example/authorize");
        assertThat(signIns.begin("/", Optional.empty()).to()).hasHost("first.example");
        now.set(now.get().plusSeconds(3601));
        var begun = signIns.begin("/", Optional.empty());
        assertThat(begun.to()).hasHost("second.example");
        assertThat(begun.toString()).isEqualTo("Begun");
        assertThat(new Person("https://issuer.example", "1", "a@b.example").toString())
                .doesNotContain("a@b");
    }

    @Test
    void anIssuerThatIsNotWhatItSaysIsNotUsed() {
        server.discovery.put("issuer", "https://elsewhere.example");
        unusable("calls itself otherwise");
        server.discovery.put("issuer", server.url()).put("token_endpoint", "javascript:alert(1)");
        unusable("token_endpoint");
        server.discovery.put("token_endpoint", server.url() + "/token");
        server.keysBody = "{\"keys\":[{\"kty\":\"RSA\"}]}";
        unusable("keys of the sign-in service cannot be read");
        server.keysBody = "";
        server.discoveryStatus = 500;
        unusable("answered 500");
        server.close();
        unusable("cannot be reached");
        var none = strangers.at(new SignInSettings.Oidc("", "", "", "", ""));
        assertThatThrownBy(() -> none.begin("/", Optional.empty())).hasMessageContaining("PATCHBAY_OIDC_ISSUER");
    }

    @Test
    void ourSecretIsShownAsTheIssuerTakesIt() {
        server.discovery.putArray("token_endpoint_auth_methods_supported").add("client_secret_post");
        signIn(signIns(""), HostileIssuer::signed, UnaryOperator.identity());
        assertThat(server.lastForm).contains("client_secret=s%26cret", "client_id=our+client");
        assertThat(server.lastAuthorization).isEqualTo("null");
        server.discovery.putArray("token_endpoint_auth_methods_supported").add("client_secret_basic");
        var open = new SignInSettings.Oidc(server.url(), CLIENT, "", "", "Test");
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

    private void unusable(String why) {
        var signIns = signIns("");
        assertThatThrownBy(() -> signIns.begin("/", Optional.empty()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(why);
    }
}
