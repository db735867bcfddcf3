package dev.patchbay.iam.signin;

import static dev.patchbay.iam.signin.OidcFixture.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.signin.OidcFixture.PendingVisit;
import dev.patchbay.testing.PatchbayTest;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Refused sign-ins in metrics and log. */
@PatchbayTest
@ExtendWith(OutputCaptureExtension.class)
class SignInMetricsTests {

    private final HostileIssuer server = new HostileIssuer();

    @Autowired
    private OidcFixture oidcFixture;

    @Autowired
    private MeterRegistry meters;

    @AfterEach
    void close() {
        server.close();
    }

    private SignIns signIns() {
        return oidcFixture.signInsWith(OidcFixture.registration(server, ""));
    }

    @Test
    void refusalsAreCountedAndLoggedByReason(CapturedOutput output) {
        var signIns = signIns();
        assertThatThrownBy(() -> signIns.finish("made up", new AuthorizationResponse("state", "code9", "", ""), ORIGIN))
                .hasMessageContaining("another browser");
        // Without a pending sign-in, the issuer gets no request with our client secret.
        assertThat(server.lastForm).isEmpty();
        double before = countRefusals("access_denied");
        var pendingVisit = PendingVisit.begin(signIns);
        var denied = new AuthorizationResponse(pendingVisit.state(), "", "access_denied", "");
        assertThatThrownBy(() -> signIns.finish(pendingVisit.secret(), denied, ORIGIN))
                .hasMessageContaining("did not let");
        var other = PendingVisit.begin(signIns);
        var forged = new AuthorizationResponse(other.state(), "", "eve@example.com\nforged line", "");
        assertThatThrownBy(() -> signIns.finish(other.secret(), forged, ORIGIN)).hasMessageContaining("did not let");
        assertThat(countRefusals("access_denied") - before).isEqualTo(2);
        assertThat(output.getAll())
                .contains("state_mismatch", "access_denied access_denied")
                .doesNotContain("eve@", "forged line", "code9", pendingVisit.secret());
    }

    private double countRefusals(String reason) {
        return meters.counter("sign_in.refused", "reason", reason).count();
    }

    @Test
    void anInvalidClientIsReportedToTheOperator(CapturedOutput output) {
        var signIns = signIns();
        server.tokenRefusal = "{\"error\":\"invalid_client\"}";
        var pendingVisit = PendingVisit.begin(signIns);
        assertThatThrownBy(() -> signIns.finish(pendingVisit.secret(), pendingVisit.callback(), ORIGIN))
                .hasMessageContaining("an operator has to check PATCHBAY_OIDC_CLIENT_ID");
        server.tokenRefusal = "\"not an error\"";
        var other = PendingVisit.begin(signIns);
        assertThatThrownBy(() -> signIns.finish(other.secret(), other.callback(), ORIGIN))
                .hasMessageContaining("did not accept this sign-in");
        var third = PendingVisit.begin(signIns);
        server.close();
        assertThatThrownBy(() -> signIns.finish(third.secret(), third.callback(), ORIGIN))
                .hasMessageContaining("cannot be reached");
        assertThat(output.getAll())
                .contains("invalid_client invalid_client", "invalid_grant", "issuer_unreachable ")
                .doesNotContain("s&cret", "s%26cret", "code1");
    }
}
