package dev.patchbay.integrations.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.MessagingPort.Message;
import dev.patchbay.effects.spi.MessagingPort.Mms;
import dev.patchbay.effects.spi.MessagingPort.NumberInfo;
import dev.patchbay.effects.spi.MessagingPort.NumberQuery;
import dev.patchbay.effects.spi.MessagingPort.Sms;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.effects.spi.SmsDeliveryReceipts.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioMessagingTests {

    private static final Sms SMS = new Sms("+14155550123", "See you Tue 24 Nov, 10:30");
    private static final String SID = "SM" + "a".repeat(32);
    private final OutgoingHttp http = TestHttp.checking();
    private final FakeDeliveryReceipts deliveryReceipts = new FakeDeliveryReceipts();
    private final TwilioMessaging messaging = new TwilioMessaging(http, deliveryReceipts);
    private ScriptedProvider provider;

    @BeforeEach
    void listen() throws IOException {
        provider = new ScriptedProvider();
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        http.destroy();
    }

    private CallContext callContext(String settings) {
        return TestHttp.callContext(
                TestHttp.account("twilio", provider.address(), settings, Map.of("auth_token", "token")),
                "{\"from\":\"+14155550100\"}");
    }

    private CallContext callContext() {
        return callContext("{\"accountSid\":\"AC1\",\"statusCallbackUrl\":\"https://hooks.example/twilio\"}");
    }

    private static String listed(String sid, String text, String created) {
        return "{\"sid\":\"%s\",\"status\":\"sent\",\"body\":\"%s\",\"date_created\":\"%s\"}"
                .formatted(sid, text, created);
    }

    private static String rfc(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC));
    }

    @Test
    void theStatusCallbackContainsTheEffectKey() {
        provider.then(201, "{\"sid\":\"" + SID + "\",\"status\":\"queued\"}");
        assertThat(messaging.sendSms(callContext(), SMS))
                .isEqualTo(new PortResult.Succeeded<>(new Message(SID, "queued", 1), SID));
        var seen = provider.seen().getFirst();
        assertThat(seen.path()).isEqualTo("/2010-04-01/Accounts/AC1/Messages.json");
        assertThat(seen.headers()).containsEntry("Authorization", "Basic QUMxOnRva2Vu");
        assertThat(seen.body())
                .contains(
                        "To=%2B14155550123",
                        "From=%2B14155550100",
                        "StatusCallback=https%3A%2F%2Fhooks.example%2Ftwilio%3Feffect%3Drun_1%252Fdo%252Fbook");
        assertThat(messaging.provider()).isEqualTo("twilio");
    }

    @Test
    void sendsWithoutCallbackUnlessConfigured() {
        provider.then(201, "{\"sid\":\"" + SID + "\",\"status\":\"queued\"}");
        messaging.sendSms(callContext("{}"), SMS);
        assertThat(provider.seen().getFirst().body()).doesNotContain("StatusCallback");
    }

    @Test
    void namesTheReasonOfARefusedMessage() {
        provider.then(400, "{\"code\":21408,\"message\":\"Permission to send an SMS has not been enabled\"}");
        assertThat(messaging.sendSms(callContext(), SMS))
                .isEqualTo(new PortResult.Rejected<>(
                        FailureReason.BAD_INPUT,
                        "Twilio refused the text to [phone …"
                                + SMS.to().substring(SMS.to().length() - 2)
                                + "]: Permission to send an SMS has not been enabled (error 21408)"));
    }

    @Test
    void aRecipientWhoOptedOutIsNotTexted() {
        provider.then(400, "{\"code\":21610,\"message\":\"Attempt to send to unsubscribed recipient\"}");
        assertThat(messaging.sendSms(callContext(), SMS))
                .isInstanceOfSatisfying(PortResult.Rejected.class, rejected -> {
                    assertThat(rejected.reason()).isEqualTo(FailureReason.OPTED_OUT);
                    assertThat(rejected.sentence()).startsWith("[phone").contains("opted out");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"+14155550100", "+266696687", "+10000000000"})
    void ownAndImpossibleNumbersAreRefusedBeforeSending(String to) {
        assertThat(messaging.sendSms(callContext(), new Sms(to, "Hello")))
                .isInstanceOfSatisfying(
                        PortResult.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(FailureReason.BAD_INPUT));
        assertThat(provider.seen()).isEmpty();
    }

    @Test
    void sendsFilesAsFieldsOfTheirOwn() {
        provider.then(201, "{\"sid\":\"MM" + "a".repeat(32) + "\",\"status\":\"queued\"}");
        var mms = new Mms("+14155550123", null, List.of("https://example.com/a.png", "https://example.com/b.png"));

        assertThat(messaging.sendMms(callContext(), mms)).isInstanceOf(PortResult.Succeeded.class);

        assertThat(provider.seen().getFirst().body())
                .contains("MediaUrl=https%3A%2F%2Fexample.com%2Fa.png&MediaUrl=https%3A%2F%2Fexample.com%2Fb.png")
                .doesNotContain("Body=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"valid\":true,\"country_code\":\"US\",\"line_type_intelligence\":{\"type\":\"mobile\"}}; true; mobile; true",
                "{\"valid\":true,\"country_code\":\"US\",\"line_type_intelligence\":{\"type\":\"landline\"}}; true; landline; false",
                "{\"valid\":true,\"line_type_intelligence\":null}; true; ; true",
                "{\"valid\":false}; false; ; false"
            })
    void saysWhatKindOfLineANumberIs(String body, boolean valid, String type, boolean texts) {
        provider.then(200, body);

        assertThat(messaging.checkNumber(callContext(), new NumberQuery("+14155550123")))
                .isInstanceOfSatisfying(PortResult.Succeeded.class, succeeded -> {
                    var info = (NumberInfo) succeeded.value();
                    assertThat(info.valid()).isEqualTo(valid);
                    assertThat(info.lineType()).isEqualTo(type);
                    assertThat(info.canReceiveTexts()).isEqualTo(texts);
                });
        assertThat(provider.seen().getFirst().path()).startsWith("/v2/PhoneNumbers/%2B14155550123");
    }

    @Test
    void aNumberThatCannotBeReadIsNotLookedUp() {
        assertThat(messaging.checkNumber(callContext(), new NumberQuery("n/a")))
                .isEqualTo(new PortResult.Succeeded<>(new NumberInfo("n/a", false, null, null, false), "n/a"));
        assertThat(provider.seen()).isEmpty();
    }

    @Test
    void aLostResponseLeavesTheMessageUnknown() {
        provider.thenNothing().then(500, "").then(201, "{}");
        for (int i = 0; i < 3; i++) {
            assertThat(messaging.sendSms(callContext(), SMS)).isInstanceOf(PortResult.Unknown.class);
        }
    }

    @Test
    void findsTheMessageSentSinceTheClaim() {
        Instant now = Instant.now();
        String same = listed("SM1", SMS.text(), rfc(now));
        String early = listed("SM2", SMS.text(), rfc(now.minusSeconds(120)));
        String other = listed("SM3", "Another text", rfc(now));
        String undated = listed("SM4", SMS.text(), "");
        provider.then(200, "{\"messages\":[" + String.join(",", early, other) + "]}")
                .then(200, "{\"messages\":[" + String.join(",", early, same, other) + "]}")
                .then(200, "{\"messages\":[" + undated + "]}");
        assertThat(messaging.findSms(callContext(), SMS)).isInstanceOf(LookupResult.Absent.class);
        assertThat(messaging.findSms(callContext(), SMS))
                .isEqualTo(new LookupResult.Found<>(new Message("SM1", "sent", 1), List.of("SM1")));
        assertThat(messaging.findSms(callContext(), SMS))
                .isEqualTo(new LookupResult.Found<>(new Message("SM4", "sent", 1), List.of("SM4")));
        assertThat(provider.seen().getFirst().path()).contains("To=%2B14155550123&From=%2B14155550100");
    }

    @Test
    void aReceiptThatNamesTheEffectIsProof() {
        deliveryReceipts.addReceipt(new Receipt("SM7", "run_1/do/book", "delivered"));
        deliveryReceipts.addReceipt(new Receipt("SM7", "run_1/do/book", "sent"));
        deliveryReceipts.addReceipt(new Receipt("SM8", "run_2/do/book", "sent"));

        assertThat(messaging.findSms(callContext(), SMS))
                .isEqualTo(new LookupResult.Found<>(new Message("SM7", "delivered", 1), List.of("SM7")));
        assertThat(provider.seen()).isEmpty();
    }

    @Test
    void reportsEveryMessageOfTheEffect() {
        deliveryReceipts.addReceipt(new Receipt("SM7", "run_1/do/book", "sent"));
        deliveryReceipts.addReceipt(new Receipt("SM8", "run_1/do/book", "sent"));

        assertThat(messaging.findSms(callContext(), SMS))
                .isEqualTo(new LookupResult.Found<>(new Message("SM7", "sent", 1), List.of("SM7", "SM8")));
    }

    @Test
    void leavesOutMessagesOfOtherEffects() {
        String now = rfc(Instant.now());
        String both = "{\"messages\":["
                + String.join(",", listed("SM1", SMS.text(), now), listed("SM2", SMS.text(), now)) + "]}";
        deliveryReceipts.addReceipt(new Receipt("SM1", "run_2/do/book", "sent"));
        deliveryReceipts.addSettled("SM2", "run_3/do/book");
        provider.then(200, both).then(200, both).then(200, both);

        assertThat(messaging.findSms(callContext(), SMS)).isInstanceOf(LookupResult.Absent.class);
        deliveryReceipts.addSettled("SM2", "run_1/do/book");
        assertThat(messaging.findSms(callContext(), SMS)).isInstanceOf(LookupResult.Found.class);
        deliveryReceipts.clear();
        assertThat(messaging.findSms(callContext(), SMS))
                .as("two that nothing tells apart are a person's to judge")
                .isEqualTo(new LookupResult.Impossible<>(
                        "Twilio holds 2 texts that may be this one, and no callback tells them apart: SM1, SM2."));
    }

    @Test
    void statesTheQuotaOfANumber() {
        assertThat(messaging.quotas(
                        "messaging.sendSms",
                        callContext().account(),
                        callContext().binding()))
                .containsExactly(new Quota("from:+14155550100", 1, Duration.ofSeconds(1)));
        CallContext shortCode = callContext("{\"messagesPerSecond\":100}");
        assertThat(messaging.quotas("messaging.sendSms", shortCode.account(), shortCode.binding()))
                .containsExactly(new Quota("from:+14155550100", 100, Duration.ofSeconds(1)));
    }

    @Test
    void otherResponsesAreUnavailable() {
        provider.then(503, "").then(401, "{}").then(200, "{}");
        assertThat(messaging.findSms(callContext(), SMS)).isInstanceOf(LookupResult.Unavailable.class);
        assertThat(messaging.findSms(callContext(), SMS)).isInstanceOf(LookupResult.Unauthorized.class);
        assertThat(messaging.findSms(callContext(), SMS)).isInstanceOf(LookupResult.Unavailable.class);
    }
}
