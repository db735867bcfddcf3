package dev.patchbay.integrations.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.MessagingPort.Mms;
import dev.patchbay.effects.spi.MessagingPort.NumberInfo;
import dev.patchbay.effects.spi.MessagingPort.NumberQuery;
import dev.patchbay.effects.spi.MessagingPort.Sms;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.integrations.SandboxFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwilioSandboxTests {

    private static final Sms SMS = new Sms("+14155550123", "See you Tue 24 Nov, 10:30");
    private final OutgoingHttp http = TestHttp.checking();
    private final TwilioMessaging messaging = new TwilioMessaging(http, new FakeDeliveryReceipts());
    private SandboxFixture sandbox;
    private CallContext callContext;

    @BeforeEach
    void start(@TempDir Path books) {
        sandbox = new SandboxFixture(books);
        callContext = callContext("tw-token", Duration.ofSeconds(10));
    }

    @AfterEach
    void close() throws IOException {
        sandbox.close();
        http.destroy();
    }

    private CallContext callContext(String token, Duration window) {
        return TestHttp.callContext(
                sandbox.account(
                        "twilio", "{\"accountSid\":\"" + SandboxFixture.SID + "\"}", Map.of("auth_token", token)),
                "{\"from\":\"+14155550100\"}",
                "run_1/do/sms",
                Window.startingNow(window),
                unheard -> {});
    }

    @Test
    void sendsAText() {
        assertThat(messaging.sendSms(callContext, SMS)).isInstanceOf(PortResult.Succeeded.class);
        assertThat(sandbox.readState("/twilio/messages/0/body").asString()).isEqualTo(SMS.text());
    }

    @Test
    void findsAMessageWhoseResponseWasLost() {
        assertThat(messaging.findSms(callContext, SMS)).isInstanceOf(LookupResult.Absent.class);
        sandbox.injectFault("twilio", "messages.create", "lost_response", 0);
        assertThat(messaging.sendSms(callContext, SMS)).isInstanceOf(PortResult.Unknown.class);
        assertThat(messaging.findSms(callContext, SMS)).isInstanceOf(LookupResult.Found.class);
        assertThat(sandbox.readState("/twilio/messages")).hasSize(1);
    }

    @Test
    void classifiesFaults() {
        sandbox.injectFault("twilio", "messages.create", "429", 0);
        assertThat(messaging.sendSms(callContext, SMS)).isInstanceOf(PortResult.RetryLater.class);
        sandbox.injectFault("twilio", "messages.create", "500", 0);
        assertThat(messaging.sendSms(callContext, SMS)).isInstanceOf(PortResult.Unknown.class);
        assertThat(messaging.sendSms(callContext("stale", Duration.ofSeconds(10)), SMS))
                .isInstanceOf(PortResult.Unauthorized.class);
        sandbox.injectFault("twilio", "messages.create", "slow", 3000);
        assertThat(messaging.sendSms(callContext("tw-token", Duration.ofSeconds(1)), SMS))
                .isInstanceOf(PortResult.Unknown.class);
    }

    @Test
    void sendsAnMmsAndFindsItAgain() {
        var mms = new Mms("+14155550123", "The way", List.of("https://example.com/map.png"));
        sandbox.injectFault("twilio", "messages.create", "lost_response", 0);
        assertThat(messaging.sendMms(callContext, mms)).isInstanceOf(PortResult.Unknown.class);

        assertThat(messaging.findMms(callContext, mms)).isInstanceOf(LookupResult.Found.class);
        assertThat(sandbox.readState("/twilio/messages/0/num_media").asString()).isEqualTo("1");
    }

    @Test
    void looksNumbersUp() {
        assertThat(messaging.checkNumber(callContext, new NumberQuery("+14155550199")))
                .isInstanceOfSatisfying(
                        PortResult.Succeeded.class,
                        found -> assertThat(((NumberInfo) found.value()).canReceiveTexts())
                                .isFalse());
    }
}
