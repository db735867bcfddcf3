package dev.patchbay.iam.signin;

import static dev.patchbay.iam.signin.Strangers.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.Problem;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What an issuer says of itself: checked, kept for an hour, and for longer while it cannot be asked. */
@PatchbayTest
class DiscoveryTests {

    private final HostileIssuer server = new HostileIssuer();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    @Autowired
    private Strangers strangers;

    @AfterEach
    void close() {
        server.close();
    }

    private SignIns signIns() {
        InstantSource moved = now::get;
        return strangers.at(Strangers.client(server, ""), moved.withZone(ZoneOffset.UTC));
    }

    private void tick(Duration step) {
        now.set(now.get().plus(step));
    }

    private static URI begun(SignIns signIns) {
        return signIns.begin("/", Optional.empty()).to();
    }

    private void unusable(String why) {
        unusable(signIns(), why);
    }

    private static void unusable(SignIns signIns, String why) {
        assertThatThrownBy(() -> begun(signIns)).isInstanceOf(Problem.class).hasMessageContaining(why);
    }

    @Test
    void whatItSaysOfItselfIsAskedAnewAfterAnHour() {
        server.discovery.put("authorization_endpoint", "https://first.example/authorize");
        var signIns = signIns();
        assertThat(signIns.begin("/", Optional.empty()).to()).hasHost("first.example");
        server.discovery.put("authorization_endpoint", "https://second.example/authorize");
        assertThat(signIns.begin("/", Optional.empty()).to()).hasHost("first.example");
        tick(Duration.ofSeconds(3601));
        var begun = signIns.begin("/", Optional.empty());
        assertThat(begun.to()).hasHost("second.example");
        assertThat(begun.toString()).isEqualTo("Begun");
        assertThat(new VerifiedIdentity("https://issuer.example", "1", () -> "a@b.example")
                        .withEmail()
                        .toString())
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
        var none = strangers.at(new SignInSettings.Oidc("", "", "", "", "", ""));
        assertThatThrownBy(() -> none.begin("/", Optional.empty())).hasMessageContaining("PATCHBAY_OIDC_ISSUER");
    }

    @Test
    void anIssuerThatIsDownIsLeftAloneForAMoment() {
        var signIns = signIns();
        server.discoveryStatus = 503;
        unusable(signIns, "answered 503");
        unusable(signIns, "answered 503");
        assertThat(server.discoveryAsked).hasValue(1);
        server.discoveryStatus = 200;
        tick(Duration.ofSeconds(11));
        assertThat(begun(signIns)).hasPath("/authorize");
        assertThat(server.discoveryAsked).hasValue(2);
    }

    @Test
    void whatItSaidLastHoldsWhileItCannotBeAsked() {
        var signIns = signIns();
        begun(signIns);
        tick(Duration.ofHours(2));
        server.discoveryStatus = 500;
        assertThat(begun(signIns)).hasPath("/authorize");
        assertThat(begun(signIns)).hasPath("/authorize");
        assertThat(server.discoveryAsked).hasValue(2);
        server.discoveryStatus = 200;
        server.discovery.put("authorization_endpoint", "https://moved.example/authorize");
        tick(Duration.ofSeconds(11));
        assertThat(begun(signIns)).hasHost("moved.example");
        server.close();
        tick(Duration.ofHours(2));
        assertThat(begun(signIns)).hasHost("moved.example");
    }

    @Test
    void oneAtATimeAsksAndAsksForAll() throws InterruptedException {
        var signIns = signIns();
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<URI> one = () -> begun(signIns);
            assertThat(all.invokeAll(Collections.nCopies(6, one)))
                    .allSatisfy(it -> assertThat(it.resultNow()).hasPath("/authorize"));
        }
        assertThat(server.discoveryAsked).hasValue(1);
        // Whoever comes while somebody asks anew goes on with what is known.
        var meanwhile = new AtomicReference<URI>();
        server.meanwhile = () -> meanwhile.set(begun(signIns));
        server.discovery.put("authorization_endpoint", "https://moved.example/authorize");
        tick(Duration.ofHours(2));
        assertThat(begun(signIns)).hasHost("moved.example");
        assertThat(meanwhile.get()).hasHost("127.0.0.1");
    }

    @Test
    void aNewKeyThatCannotBeAskedForIsNoForgery() {
        var signIns = signIns();
        begun(signIns);
        server.key = HostileIssuer.rsa("second");
        server.keysBody = "{\"keys\":[{\"kty\":\"RSA\"}]}";
        assertThatThrownBy(() ->
                        Strangers.signIn(signIns, server, "somebody", HostileIssuer::signed, UnaryOperator.identity()))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void theLastSlashOfItsNameIsNotInItsAddress() {
        server.discovery.put("issuer", server.url() + "/");
        var named = new SignInSettings.Oidc(server.url() + "/", CLIENT, "", "", "", "Test");
        assertThat(begun(strangers.at(named))).hasPath("/authorize");
        unusable("calls itself otherwise");
        var malformed = new SignInSettings.Oidc("https://no address", CLIENT, "", "", "", "Test");
        unusable(strangers.at(malformed), "PATCHBAY_OIDC_ISSUER is no address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example/a b",
                "https:///authorize",
                "ftp://issuer.example",
                "https://a.example/#b"
            })
    void anEndpointThatIsNoneIsRefused(String endpoint) {
        server.discovery.put("authorization_endpoint", endpoint);
        unusable("authorization_endpoint is no address");
    }
}
