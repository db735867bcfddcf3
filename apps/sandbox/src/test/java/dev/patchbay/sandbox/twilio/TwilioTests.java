package dev.patchbay.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.twilio.base.Reader;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpMethod;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.security.RequestValidator;
import com.twilio.type.PhoneNumber;
import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.WebhookReceiver;
import dev.patchbay.sandbox.core.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API, as Twilio's own Java client uses it, and the webhooks. */
class TwilioTests {

    private static final String JANE = "+12025550123";

    private SandboxFixture sandbox;
    private TwilioRestClient client;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
        client = new TwilioRestClient.Builder(SandboxFixture.TWILIO_SID, SandboxFixture.TWILIO_TOKEN)
                .httpClient(new Redirected(() -> sandbox.address() + "/twilio"))
                .build();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** Twilio's client has a fixed host. This subclass replaces the host with the sandbox's base address. */
    private static final class Redirected extends NetworkHttpClient {

        private final Supplier<String> base;

        Redirected(Supplier<String> base) {
            this.base = base;
        }

        @Override
        public Response makeRequest(Request request) {
            Request redirected = new Request(
                    HttpMethod.valueOf(request.getMethod().name()),
                    request.getUrl().replace("https://api.twilio.com", base.get()));
            redirected.setAuth(request.getUsername(), request.getPassword());
            request.getQueryParams()
                    .forEach((name, values) -> values.forEach(value -> redirected.addQueryParam(name, value)));
            request.getPostParams()
                    .forEach((name, values) -> values.forEach(value -> redirected.addPostParam(name, value)));
            request.getHeaderParams()
                    .forEach((name, values) -> values.forEach(value -> redirected.addHeaderParam(name, value)));
            redirected.setContentType(request.getContentType());
            return super.makeRequest(redirected);
        }
    }

    private MessageCreator newText(String to) {
        return Message.creator(new PhoneNumber(to), new PhoneNumber(SandboxFixture.NUMBER), "See you at ten");
    }

    @Test
    void aTextMessageIsDelivered() {
        Message sent = newText(JANE).create(client);

        assertThat(sent.getStatus()).isEqualTo(Message.Status.QUEUED);
        assertThat(sent.getDateCreated().toInstant()).isEqualTo(sandbox.clock.instant());
        await().untilAsserted(() -> assertThat(
                        Message.fetcher(sent.getSid()).fetch(client).getStatus())
                .isEqualTo(Message.Status.DELIVERED));
        assertThat(Json.text(sandbox.state().path("twilio").path("messages").path(0), "date_sent"))
                .isEqualTo("Mon, 30 Nov 2026 12:00:00 +0000");
    }

    @Test
    void signsStatusCallbacks() {
        String url = sandbox.receiver.url("/status?effect=1");
        Message sent = newText(JANE).setStatusCallback(url).create(client);

        await().untilAsserted(() -> assertThat(sandbox.receiver.requests()).hasSize(2));
        RequestValidator validator = new RequestValidator(SandboxFixture.TWILIO_TOKEN);
        assertThat(sandbox.receiver.requests()).allSatisfy(request -> {
            assertThat(form(request)).containsEntry("MessageSid", sent.getSid()).containsKey("MessageStatus");
            assertThat(validator.validate(url, form(request), request.headers().getFirst("X-Twilio-Signature")))
                    .isTrue();
        });
    }

    @Test
    void retriesAStatusCallbackOnce() {
        sandbox.receiver.respondNext(500, 500);
        newText(JANE).setStatusCallback(sandbox.receiver.url("/status")).create(client);

        await().untilAsserted(() -> assertThat(sandbox.control("GET", "/deliveries?provider=twilio", "")
                        .toString())
                .contains("delivered", "\"attempts\":2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            From=%2B15005550006&Body=x                        | 21604
            To=555&From=%2B15005550006&Body=x                 | 21211
            To=%2B266696687&From=%2B15005550006&Body=x         | 21211
            To=%2B11234567890&From=%2B15005550006&Body=x       | 21211
            To=%2B15005550006&From=%2B15005550006&Body=x       | 21266
            To=%2B12025550123&From=%2B15005550006&MediaUrl=x   | 21620
            To=%2B12025550123&From=%2B15005550006             | 21602
            To=%2B12025550123&Body=x                          | 21603
            To=%2B12025550123&From=%2B19999999999&Body=x      | 21606
            """)
    void rejectsInvalidMessagesWithTwiliosCode(String form, int code) {
        HttpResponse<String> response = sandbox.send(
                "POST",
                "/twilio/2010-04-01/Accounts/%s/Messages.json".formatted(SandboxFixture.TWILIO_SID),
                form,
                "Authorization",
                "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0d2lsaW8tdG9rZW4=");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(SandboxFixture.json(response).path("code").asInt()).isEqualTo(code);
    }

    @Test
    void rejectsTextsThatAreTooLongAndMessagesWithTooManyFiles() {
        assertThatThrownBy(() -> Message.creator(
                                new PhoneNumber(JANE), new PhoneNumber(SandboxFixture.NUMBER), "x".repeat(1_601))
                        .create(client))
                .isInstanceOfSatisfying(
                        ApiException.class, error -> assertThat(error.getCode()).isEqualTo(21617));
        var files = Collections.nCopies(11, URI.create("https://example.com/a.png"));
        assertThatThrownBy(() -> newText(JANE).setMediaUrl(files).create(client))
                .isInstanceOfSatisfying(
                        ApiException.class, error -> assertThat(error.getCode()).isEqualTo(21623));
    }

    @Test
    void countsFilesAndSegments() {
        Message sent = Message.creator(new PhoneNumber(JANE), new PhoneNumber(SandboxFixture.NUMBER), "ы".repeat(71))
                .setMediaUrl(List.of(URI.create("https://example.com/a.png"), URI.create("https://example.com/b.png")))
                .create(client);

        assertThat(sent.getNumMedia()).isEqualTo("2");
        assertThat(sent.getNumSegments()).isEqualTo("2");
        assertThat(newText(JANE).create(client).getNumSegments()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "+12025550123, true, mobile, US",
        "+12025550199, true, landline, US",
        "+4915112345678, true, mobile, DE",
        "+1202, false, ,"
    })
    void looksNumbersUp(String number, boolean valid, String type, String country) {
        HttpResponse<String> response = sandbox.send(
                "GET",
                "/twilio/v2/PhoneNumbers/" + number.replace("+", "%2B") + "?Fields=line_type_intelligence",
                "",
                "Authorization",
                "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0d2lsaW8tdG9rZW4=");

        var body = SandboxFixture.json(response);
        assertThat(body.path("valid").asBoolean()).isEqualTo(valid);
        assertThat(body.at("/line_type_intelligence/type").asString(null)).isEqualTo(type);
        assertThat(body.path("country_code").asString(null)).isEqualTo(country);
    }

    @Test
    void looksNothingUpForStrangers() {
        assertThat(sandbox.send("GET", "/twilio/v2/PhoneNumbers/%2B12025550123", "", "Authorization", "Basic eDp4")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void stopOptsOutUntilStart() {
        receive("STOP");
        assertThatThrownBy(() -> newText(JANE).create(client))
                .isInstanceOfSatisfying(
                        ApiException.class, error -> assertThat(error.getCode()).isEqualTo(21610));

        receive("start ");
        receive("Thanks");
        sandbox.restart();
        assertThat(newText(JANE).create(client).getSid()).startsWith("SM");
        assertThat(sandbox.send("POST", "/_sandbox/sms", "{\"from\": \"+1\", \"to\": \"+2\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    private void receive(String body) {
        String sms =
                "{\"from\": \"%s\", \"to\": \"%s\", \"body\": \"%s\"}".formatted(JANE, SandboxFixture.NUMBER, body);
        assertThat(Json.text(sandbox.control("POST", "/sms", sms), "status")).isEqualTo("received");
    }

    private void putAccountWithWebhooks() {
        String account = """
                {"twilio": {"accountSid": "%s", "authToken": "%s", "numbers": ["%s"], "smsUrl": "%s", "voiceStatusUrl": "%s"}}
                """.formatted(
                        SandboxFixture.TWILIO_SID,
                        SandboxFixture.TWILIO_TOKEN,
                        SandboxFixture.NUMBER,
                        sandbox.receiver.url("/sms"),
                        sandbox.receiver.url("/voice"));
        sandbox.send("PUT", "/_sandbox/accounts", account);
    }

    private void assertSigned(String url, WebhookReceiver.ReceivedRequest request) {
        assertThat(new RequestValidator(SandboxFixture.TWILIO_TOKEN)
                        .validate(url, form(request), request.headers().getFirst("X-Twilio-Signature")))
                .isTrue();
    }

    private static Map<String, String> form(WebhookReceiver.ReceivedRequest request) {
        Map<String, String> form = new HashMap<>();
        dev.patchbay.sandbox.core.Request.parseForm(request.body())
                .forEach((name, values) -> form.put(name, values.getFirst()));
        return form;
    }

    @Test
    void sendsAnInboundTextToTheAccountAndRetriesOnce() {
        putAccountWithWebhooks();
        sandbox.receiver.respondNext(500);
        String sms = "{\"from\": \"%s\", \"to\": \"%s\", \"body\": \"é & =\"}".formatted(JANE, SandboxFixture.NUMBER);
        var message = sandbox.control("POST", "/sms", sms);

        assertThat(message.at("/deliveries/0/state").asString()).isEqualTo("retrying");
        await().untilAsserted(() -> assertThat(sandbox.receiver.requests()).hasSize(2));
        assertThat(sandbox.receiver.requests()).allSatisfy(request -> {
            assertSigned(sandbox.receiver.url("/sms"), request);
            assertThat(form(request))
                    .containsEntry("MessageSid", Json.text(message, "sid"))
                    .containsEntry("SmsStatus", "received")
                    .containsEntry("Body", "é & =");
        });
    }

    @Test
    void sendsEachStatusOfACall() {
        String call =
                "{\"from\": \"%s\", \"to\": \"%s\", \"durationSeconds\": 7}".formatted(JANE, SandboxFixture.NUMBER);
        assertThat(sandbox.control("POST", "/twilio/calls", call).path("deliveries"))
                .isEmpty();
        putAccountWithWebhooks();
        sandbox.armFault("twilio", "webhook", "reorder", 1);
        sandbox.armFault("twilio", "webhook", "duplicate", 1);
        sandbox.control("POST", "/twilio/calls", call);
        assertThat(sandbox.receiver.requests())
                .extracting(request -> form(request).get("CallStatus"))
                .containsExactly(
                        "completed",
                        "completed",
                        "in-progress",
                        "in-progress",
                        "ringing",
                        "ringing",
                        "initiated",
                        "initiated");
        assertThat(form(sandbox.receiver.requests().getFirst()))
                .containsEntry("CallDuration", "7")
                .containsEntry("Direction", "inbound");
        sandbox.receiver.requests().forEach(request -> assertSigned(sandbox.receiver.url("/voice"), request));

        String busy = "{\"from\": \"%s\", \"to\": \"%s\", \"direction\": \"outbound-api\", \"outcome\": \"busy\"}"
                .formatted(SandboxFixture.NUMBER, JANE);
        assertThat(sandbox.control("POST", "/twilio/calls", busy).path("deliveries"))
                .extracting(it -> Json.text(it, "event"))
                .containsExactly("initiated", "ringing", "busy");
        assertThat(sandbox.send("POST", "/_sandbox/twilio/calls", "{\"from\": \"+1\", \"to\": \"+2\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void listsMessagesByNumberAndDay() {
        newText(JANE).create(client);
        await().until(() -> sandbox.state().toString().contains("delivered"));
        sandbox.clock.tick(Duration.ofDays(1));
        newText("+12025550199").create(client);
        ZonedDateTime today = sandbox.clock.instant().atZone(ZoneOffset.UTC);

        assertThat(recipients(Message.reader())).containsExactly("+12025550199", JANE);
        assertThat(recipients(Message.reader().setTo(new PhoneNumber(JANE)))).containsExactly(JANE);
        assertThat(recipients(Message.reader().setFrom(new PhoneNumber(JANE)))).isEmpty();
        assertThat(recipients(Message.reader().setFrom(new PhoneNumber(SandboxFixture.NUMBER))))
                .hasSize(2);
        assertThat(recipients(Message.reader().setDateSent(today))).containsExactly("+12025550199");
        assertThat(recipients(Message.reader().setDateSentAfter(today))).containsExactly("+12025550199");
        assertThat(recipients(Message.reader().setDateSentBefore(today.minusDays(1))))
                .containsExactly(JANE);
        assertThat(recipients(Message.reader().pageSize(1))).containsExactly("+12025550199", JANE);
    }

    private List<String> recipients(Reader<Message> reader) {
        return StreamSupport.stream(reader.read(client).spliterator(), false)
                .map(Message::getTo)
                .toList();
    }

    @Test
    void rejectsUnknownPathsCredentialsAndMessages() {
        assertThat(sandbox.send("GET", "/twilio/2010-04-01/Accounts/a/Messages/SM00.xml", "")
                        .statusCode())
                .isEqualTo(404);
        TwilioRestClient stranger = new TwilioRestClient.Builder(SandboxFixture.TWILIO_SID, "wrong")
                .httpClient(new Redirected(() -> sandbox.address() + "/twilio"))
                .build();
        assertThatThrownBy(() -> newText(JANE).create(stranger))
                .isInstanceOfSatisfying(
                        ApiException.class, error -> assertThat(error.getCode()).isEqualTo(20003));
        assertThatThrownBy(() -> Message.fetcher("SM00").fetch(client))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        error -> assertThat(error.getStatusCode()).isEqualTo(404));
    }
}
