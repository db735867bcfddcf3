package dev.patchbay.iam.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.oidc.OidcClients.Registration;
import dev.patchbay.iam.oidc.VerifiedIdentity;
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

/** Metadata and keys of an issuer are validated, cached for an hour, and used longer while the issuer is unreachable. */
@PatchbayTest
class DiscoveryTests {

    private final HostileIssuer server = new HostileIssuer();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    @Autowired
    private OidcFixture oidcFixture;

    @AfterEach
    void close() {
        server.close();
    }

    private SignIns signIns() {
        InstantSource moved = now::get;
        return oidcFixture.signInsWith(OidcFixture.registration(server, ""), moved.withZone(ZoneOffset.UTC));
    }

    private void tick(Duration step) {
        now.set(now.get().plus(step));
    }

    private static URI beginSignIn(SignIns signIns) {
        return signIns.begin("/", Optional.empty()).location();
    }

    private void assertRefused(String why) {
        assertRefused(signIns(), why);
    }

    private static void assertRefused(SignIns signIns, String why) {
        assertThatThrownBy(() -> beginSignIn(signIns))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(why);
    }

    @Test
    void metadataIsFetchedAgainAfterAnHour() {
        server.discovery.put("authorization_endpoint", "https://first.example/authorize");
        var signIns = signIns();
        assertThat(signIns.begin("/", Optional.empty()).location()).hasHost("first.example");
        server.discovery.put("authorization_endpoint", "https://second.example/authorize");
        assertThat(signIns.begin("/", Optional.empty()).location()).hasHost("first.example");
        tick(Duration.ofSeconds(3601));
        var signInRedirect = signIns.begin("/", Optional.empty());
        assertThat(signInRedirect.location()).hasHost("second.example");
        assertThat(signInRedirect.toString()).isEqualTo("SignInRedirect");
        assertThat(new VerifiedIdentity("https://issuer.example", "1", () -> "a@b.example")
                        .withResolvedEmail()
                        .toString())
                .doesNotContain("a@b");
    }

    @Test
    void invalidMetadataIsRefused() {
        server.discovery.put("issuer", "https://elsewhere.example");
        assertRefused("has another name");
        server.discovery.put("issuer", server.url()).put("token_endpoint", "javascript:alert(1)");
        assertRefused("token_endpoint");
        server.discovery.put("token_endpoint", server.url() + "/token");
        server.keysBody = "{\"keys\":[{\"kty\":\"RSA\"}]}";
        assertRefused("keys of the sign-in service cannot be read");
        server.keysBody = "";
        server.discoveryStatus = 500;
        assertRefused("answered 500");
        server.close();
        assertRefused("cannot be reached");
        var none = oidcFixture.signInsWith(new Registration("", "", "", "", ""));
        assertThatThrownBy(() -> none.begin("/", Optional.empty())).hasMessageContaining("PATCHBAY_OIDC_ISSUER");
    }

    @Test
    void aFailedFetchIsNotRepeatedForTenSeconds() {
        var signIns = signIns();
        server.discoveryStatus = 503;
        assertRefused(signIns, "answered 503");
        assertRefused(signIns, "answered 503");
        assertThat(server.discoveryRequests).hasValue(1);
        server.discoveryStatus = 200;
        tick(Duration.ofSeconds(11));
        assertThat(beginSignIn(signIns)).hasPath("/authorize");
        assertThat(server.discoveryRequests).hasValue(2);
    }

    @Test
    void staleMetadataIsUsedWhileTheIssuerIsUnreachable() {
        var signIns = signIns();
        beginSignIn(signIns);
        tick(Duration.ofHours(2));
        server.discoveryStatus = 500;
        assertThat(beginSignIn(signIns)).hasPath("/authorize");
        assertThat(beginSignIn(signIns)).hasPath("/authorize");
        assertThat(server.discoveryRequests).hasValue(2);
        server.discoveryStatus = 200;
        server.discovery.put("authorization_endpoint", "https://moved.example/authorize");
        tick(Duration.ofSeconds(11));
        assertThat(beginSignIn(signIns)).hasHost("moved.example");
        server.close();
        tick(Duration.ofHours(2));
        assertThat(beginSignIn(signIns)).hasHost("moved.example");
    }

    @Test
    void concurrentSignInsShareOneFetch() throws InterruptedException {
        var signIns = signIns();
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<URI> one = () -> beginSignIn(signIns);
            assertThat(all.invokeAll(Collections.nCopies(6, one)))
                    .allSatisfy(it -> assertThat(it.resultNow()).hasPath("/authorize"));
        }
        assertThat(server.discoveryRequests).hasValue(1);
        // A sign-in during a fetch uses the cached metadata.
        var meanwhile = new AtomicReference<URI>();
        server.duringDiscovery = () -> meanwhile.set(beginSignIn(signIns));
        server.discovery.put("authorization_endpoint", "https://moved.example/authorize");
        tick(Duration.ofHours(2));
        assertThat(beginSignIn(signIns)).hasHost("moved.example");
        assertThat(meanwhile.get()).hasHost("127.0.0.1");
    }

    @Test
    void unreadableKeysAreNotReportedAsForgery() {
        var signIns = signIns();
        beginSignIn(signIns);
        server.key = HostileIssuer.rsa("second");
        server.keysBody = "{\"keys\":[{\"kty\":\"RSA\"}]}";
        assertThatThrownBy(() -> OidcFixture.signIn(
                        signIns, server, "somebody", HostileIssuer::signed, UnaryOperator.identity()))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aTrailingSlashOfTheIssuerIsRemovedForDiscovery() {
        server.discovery.put("issuer", server.url() + "/");
        var named = OidcFixture.publicClient(server.url() + "/");
        assertThat(beginSignIn(oidcFixture.signInsWith(named))).hasPath("/authorize");
        assertRefused("has another name");
        var malformed = OidcFixture.publicClient("https://no address");
        assertRefused(oidcFixture.signInsWith(malformed), "PATCHBAY_OIDC_ISSUER is not a web address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example/a b",
                "https:///authorize",
                "ftp://issuer.example",
                "https://a.example/#b"
            })
    void anEndpointThatIsNoWebAddressIsRefused(String endpoint) {
        server.discovery.put("authorization_endpoint", endpoint);
        assertRefused("authorization_endpoint is not a web address");
    }
}
