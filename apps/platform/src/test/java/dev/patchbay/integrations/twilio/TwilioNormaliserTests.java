package dev.patchbay.integrations.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.testing.Forgeries;
import dev.patchbay.testing.Samples;
import dev.patchbay.testing.Samples.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TwilioNormaliserTests {

    private static final String SM = "SM0123456789abcdef0123456789abcdef";
    private static final String CA = "CA0123456789abcdef0123456789abcdef";
    private final TwilioNormaliser normaliser = new TwilioNormaliser();

    private Normalised form(String body, String url) {
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        return Samples.fits(normaliser.normalise(Forgeries.delivery(url, headers, Hashing.utf8(body))));
    }

    private Normalised form(String body) {
        return form(body, "https://hooks.example/ingress/twilio/k");
    }

    private Normalised sample(String name) {
        return Samples.ours("twilio").stream()
                .filter(it -> it.name().equals(name))
                .map(it -> Samples.fits(normaliser.normalise(it.delivery())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aReceivedMessageBelongsToTheReceivingNumber() {
        Normalised sms = sample("inbound-sms.form");
        assertThat(sms.type()).isEqualTo("message.sms.received");
        assertThat(sms.deduplicationKey()).isEqualTo(SM + ":received");
        assertThat(sms.subject()).isEqualTo(SM);
        assertThat(sms.routes()).containsExactly(new Route("number", "+13125550142"));
        assertThat(sms.person()).contains("+14155550177");
        assertThat(sms.data().toString())
                .isEqualTo(
                        "{\"message\":{\"id\":\"" + SM + "\",\"from\":\"+14155550177\",\"to\":\"+13125550142\","
                                + "\"text\":\"Tuesday at 10 + é? a=b&c ☎ 100 %\",\"segments\":1,\"media\":[],\"mediaCount\":0}}");
    }

    @Test
    void mediaAreMappedWithTheirAddresses() {
        assertThat(sample("inbound-mms.form").data().at("/message/media").toString())
                .isEqualTo("[{\"url\":\"https://api.twilio.example/media/0\",\"contentType\":\"image/jpeg\"},"
                        + "{\"url\":\"https://api.twilio.example/media/1\"}]");
        assertThat(sample("inbound-stop.form").data().at("/message/optOut").asString())
                .isEqualTo("STOP");
        assertThat(form("SmsSid=SM1&From=1234&To=%2B13125550142&Body=x&MediaUrl3=u")
                        .data()
                        .at("/message/mediaCount")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aDeliveryStatusBelongsToTheSendingNumber() {
        Normalised delivered = sample("status-delivered.form");
        assertThat(delivered.type()).isEqualTo("message.sms.status");
        assertThat(delivered.deduplicationKey()).isEqualTo(SM + ":delivered");
        assertThat(delivered.routes()).containsExactly(new Route("number", "+13125550142"));
        assertThat(delivered.person()).contains("+14155550177");
        assertThat(delivered.data().toString())
                .isEqualTo("{\"message\":{\"id\":\"" + SM + "\",\"status\":\"delivered\",\"rank\":4,"
                        + "\"from\":\"+13125550142\",\"to\":\"+14155550177\"}}");
        assertThat(sample("status-undelivered.form")
                        .data()
                        .at("/message/errorCode")
                        .asString())
                .isEqualTo("30003");
        assertThat(sample("status-partly_delivered.form").data().path("message").has("rank"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "?effect=run_1%2Fdo%2Fsms, run_1/do/sms",
        "?a=b&effect=x&c=d, x",
        "?effect=%zz, ''",
        "?effect=, ''",
        "?sideeffect=x, ''",
        "'', ''"
    })
    void readsTheEffectKeyFromTheAddress(String query, String key) {
        Normalised status = form("MessageSid=SM1&MessageStatus=sent", "https://hooks.example/k" + query);
        assertThat(status.data().path("effectKey").asString("")).isEqualTo(key);
        assertThat(status.routes()).isEmpty();
    }

    @Test
    void mapsTheStatusOfACall() {
        Normalised completed = sample("call-completed.form");
        assertThat(completed.type()).isEqualTo("voice.call.status");
        assertThat(completed.deduplicationKey()).isEqualTo(CA + ":completed");
        assertThat(completed.time()).contains(Instant.parse("2026-11-24T23:10:00Z"));
        assertThat(completed.routes()).containsExactly(new Route("number", "+13125550142"));
        assertThat(completed.person()).contains("+14155550177");
        assertThat(completed.data().path("call").toString())
                .isEqualTo("{\"id\":\"" + CA + "\",\"status\":\"completed\",\"rank\":4,\"direction\":\"outbound-api\","
                        + "\"from\":\"+13125550142\",\"to\":\"+14155550177\",\"person\":{\"number\":\"+14155550177\",\"hidden\":false,\"voicemail\":false},"
                        + "\"durationSeconds\":61,\"parentId\":\"CA"
                        + "f".repeat(32) + "\",\"answeredBy\":\"human\",\"sequence\":3}");
        Normalised ringing = sample("call-ringing.form");
        assertThat(ringing.time()).isEmpty();
        assertThat(ringing.routes()).containsExactly(new Route("number", "+13125550142"));
        assertThat(ringing.person()).isEmpty();
        assertThat(ringing.data().at("/call/from").asString()).isEqualTo("anonymous");
    }

    @Test
    void unknownWebhooksAreKeptWithTheirPayload() {
        Normalised recording = sample("recording.form");
        assertThat(recording.type()).isEqualTo("provider.twilio.recording");
        assertThat(recording.data().at("/payload/RecordingStatus").asString()).isEqualTo("completed");
        assertThat(recording.subject()).startsWith("RE");
        Normalised whatsapp = sample("whatsapp.form");
        assertThat(whatsapp.type()).isEqualTo("provider.twilio.message");
        assertThat(whatsapp.person()).contains("+14155550177");
        assertThat(sample("event-stream.json").type()).isEqualTo("provider.twilio.event");
        Normalised other = form("New=1&New=2&Odd=");
        assertThat(other.type()).isEqualTo("provider.twilio.other");
        assertThat(other.data().path("payload").toString()).isEqualTo("{\"New\":[\"1\",\"2\"],\"Odd\":\"\"}");
        assertThat(other.deduplicationKey()).isNotEqualTo(form("New=1").deduplicationKey());
        assertThat(form("MessageSid=SM1&AccountSid=AC1").type()).isEqualTo("provider.twilio.message");
        assertThat(form("CallSid=a%20b").subject()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "MessageSid=SM1&SmsStatus=received&To=%2B13125550142, /From",
        "MessageSid=SM1&SmsStatus=received&From=%2B13125550142, /To",
        "MessageSid=S%20M&SmsStatus=received, /MessageSid",
        "MessageSid=SM1&MessageStatus=Not+one, /MessageStatus",
        "CallSid=C-A&CallStatus=ringing, /CallSid",
        "CallSid=CA1&CallStatus=%00, /CallStatus",
        "A=%, ''"
    })
    void missingRequiredParametersAreNamed(String body, String pointer) {
        assertThatThrownBy(() -> form(body))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.pointer()).isEqualTo(pointer));
    }

    @Test
    void isAnsweredWithTwiMl() {
        assertThat(normaliser.acknowledgement().orElseThrow().mediaType()).isEqualTo("text/xml");
        assertThat(normaliser.acknowledgement().orElseThrow().body()).contains("<Response>");
        assertThat(normaliser.provider()).isEqualTo("twilio");
        assertThat(normaliser.mediaTypes())
                .containsExactlyInAnyOrder("application/json", "application/x-www-form-urlencoded");
    }

    static List<Sample> samples() {
        return Samples.ours("twilio");
    }

    @Test
    void mapsTheVendorsSamples() {
        List<Sample> published = Samples.published("twilio", ".*[.]form");
        assumeFalse(published.isEmpty(), "the vendors' samples are not here");
        for (Sample sample : published) {
            Samples.fits(normaliser.normalise(sample.delivery()));
            assertThat(Samples.countReadableMutations(normaliser, sample, 300)).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void changedSamplesAreNormalisedOrRefused(Sample sample) {
        Samples.fits(normaliser.normalise(sample.delivery()));
        assertThat(Samples.countReadableMutations(normaliser, sample, 500)).isPositive();
    }
}
