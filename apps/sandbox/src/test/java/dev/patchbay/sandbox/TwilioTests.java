package dev.patchbay.sandbox;

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
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
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

class TwilioTests {

    private static final String JANE = "+12025550123";

    private Scene scene;
    private TwilioRestClient client;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = Scene.open(folder);
        client = new TwilioRestClient.Builder(Scene.TWILIO_SID, Scene.TWILIO_TOKEN)
                .httpClient(new Redirected(() -> scene.address() + "/twilio"))
                .build();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** Twilio's client knows hosts, not base addresses: this one sends what it would have sent to the sandbox. */
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

    private MessageCreator text(String to) {
        return Message.creator(new PhoneNumber(to), new PhoneNumber(Scene.NUMBER), "See you at ten");
    }

    @Test
    void carriesATextToDelivered() {
        Message sent = text(JANE).create(client);

        assertThat(sent.getStatus()).isEqualTo(Message.Status.QUEUED);
        assertThat(sent.getDateCreated().toInstant()).isEqualTo(scene.clock.instant());
        await().untilAsserted(() -> assertThat(
                        Message.fetcher(sent.getSid()).fetch(client).getStatus())
                .isEqualTo(Message.Status.DELIVERED));
        assertThat(Json.text(scene.state().path("twilio").path("messages").path(0), "date_sent"))
                .isEqualTo("Mon, 30 Nov 2026 12:00:00 +0000");
    }

    @Test
    void tellsTheStatusCallbackWithASignature() {
        String url = scene.listener.url("/status?effect=1");
        Message sent = text(JANE).setStatusCallback(url).create(client);

        await().untilAsserted(() -> assertThat(scene.listener.heard()).hasSize(2));
        RequestValidator validator = new RequestValidator(Scene.TWILIO_TOKEN);
        assertThat(scene.listener.heard()).allSatisfy(heard -> {
            Map<String, String> form = new HashMap<>();
            dev.patchbay.sandbox.Request.formFields(heard.body())
                    .forEach((name, values) -> form.put(name, values.getFirst()));
            assertThat(form).containsEntry("MessageSid", sent.getSid()).containsKey("MessageStatus");
            assertThat(validator.validate(url, form, heard.headers().getFirst("X-Twilio-Signature")))
                    .isTrue();
        });
    }

    @Test
    void triesAStatusCallbackTwice() {
        scene.listener.answerNext(500, 500);
        text(JANE).setStatusCallback(scene.listener.url("/status")).create(client);

        await().untilAsserted(() -> assertThat(
                        scene.control("GET", "/deliveries?provider=twilio", "").toString())
                .contains("delivered", "\"attempts\":2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            From=%2B15005550006&Body=x                        | 21604
            To=555&From=%2B15005550006&Body=x                 | 21211
            To=%2B12025550123&From=%2B15005550006             | 21602
            To=%2B12025550123&Body=x                          | 21603
            To=%2B12025550123&From=%2B19999999999&Body=x      | 21606
            """)
    void refusesWhatTwilioRefuses(String form, int code) {
        HttpResponse<String> refused = scene.send(
                "POST",
                "/twilio/2010-04-01/Accounts/%s/Messages.json".formatted(Scene.TWILIO_SID),
                form,
                "Authorization",
                "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0d2lsaW8tdG9rZW4=");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Scene.json(refused).path("code").asInt()).isEqualTo(code);
    }

    @Test
    void respectsStopUntilStart() {
        receive("STOP");
        assertThatThrownBy(() -> text(JANE).create(client))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(21610));

        receive("start ");
        receive("Thanks");
        scene.restart();
        assertThat(text(JANE).create(client).getSid()).startsWith("SM");
        assertThat(scene.send("POST", "/_sandbox/sms", "{\"from\": \"+1\", \"to\": \"+2\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    private void receive(String body) {
        String sms = "{\"from\": \"%s\", \"to\": \"%s\", \"body\": \"%s\"}".formatted(JANE, Scene.NUMBER, body);
        assertThat(Json.text(scene.control("POST", "/sms", sms), "status")).isEqualTo("received");
    }

    private void listenToPeople() {
        String account = """
                {"twilio": {"accountSid": "%s", "authToken": "%s", "numbers": ["%s"], "smsUrl": "%s", "voiceStatusUrl": "%s"}}
                """.formatted(
                        Scene.TWILIO_SID,
                        Scene.TWILIO_TOKEN,
                        Scene.NUMBER,
                        scene.listener.url("/sms"),
                        scene.listener.url("/voice"));
        scene.send("PUT", "/_sandbox/accounts", account);
    }

    private void assertSigned(String url, Listener.Heard heard) {
        assertThat(new RequestValidator(Scene.TWILIO_TOKEN)
                        .validate(url, form(heard), heard.headers().getFirst("X-Twilio-Signature")))
                .isTrue();
    }

    private static Map<String, String> form(Listener.Heard heard) {
        Map<String, String> form = new HashMap<>();
        dev.patchbay.sandbox.Request.formFields(heard.body())
                .forEach((name, values) -> form.put(name, values.getFirst()));
        return form;
    }

    @Test
    void tellsTheAccountOfATextAndOnceMoreWhenItDidNotHear() {
        listenToPeople();
        scene.listener.answerNext(500);
        String sms = "{\"from\": \"%s\", \"to\": \"%s\", \"body\": \"é & =\"}".formatted(JANE, Scene.NUMBER);
        var told = scene.control("POST", "/sms", sms);

        assertThat(told.at("/deliveries/0/state").asString()).isEqualTo("retrying");
        await().untilAsserted(() -> assertThat(scene.listener.heard()).hasSize(2));
        assertThat(scene.listener.heard()).allSatisfy(heard -> {
            assertSigned(scene.listener.url("/sms"), heard);
            assertThat(form(heard))
                    .containsEntry("MessageSid", Json.text(told, "sid"))
                    .containsEntry("SmsStatus", "received")
                    .containsEntry("Body", "é & =");
        });
    }

    @Test
    void tellsHowACallProceeds() {
        String call = "{\"from\": \"%s\", \"to\": \"%s\", \"durationSeconds\": 7}".formatted(JANE, Scene.NUMBER);
        assertThat(scene.control("POST", "/twilio/calls", call).path("deliveries"))
                .isEmpty();
        listenToPeople();
        scene.arm("twilio", "webhook", "reorder", 1);
        scene.arm("twilio", "webhook", "duplicate", 1);
        scene.control("POST", "/twilio/calls", call);
        assertThat(scene.listener.heard())
                .extracting(heard -> form(heard).get("CallStatus"))
                .containsExactly(
                        "completed",
                        "completed",
                        "in-progress",
                        "in-progress",
                        "ringing",
                        "ringing",
                        "initiated",
                        "initiated");
        assertThat(form(scene.listener.heard().getFirst()))
                .containsEntry("CallDuration", "7")
                .containsEntry("Direction", "inbound");
        scene.listener.heard().forEach(heard -> assertSigned(scene.listener.url("/voice"), heard));

        String busy = "{\"from\": \"%s\", \"to\": \"%s\", \"direction\": \"outbound-api\", \"outcome\": \"busy\"}"
                .formatted(Scene.NUMBER, JANE);
        assertThat(scene.control("POST", "/twilio/calls", busy).path("deliveries"))
                .extracting(it -> Json.text(it, "event"))
                .containsExactly("initiated", "ringing", "busy");
        assertThat(scene.send("POST", "/_sandbox/twilio/calls", "{\"from\": \"+1\", \"to\": \"+2\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void listsByNumberAndByDay() {
        text(JANE).create(client);
        await().until(() -> scene.state().toString().contains("delivered"));
        scene.clock.tick(Duration.ofDays(1));
        text("+12025550199").create(client);
        ZonedDateTime today = scene.clock.instant().atZone(ZoneOffset.UTC);

        assertThat(to(Message.reader())).containsExactly("+12025550199", JANE);
        assertThat(to(Message.reader().setTo(new PhoneNumber(JANE)))).containsExactly(JANE);
        assertThat(to(Message.reader().setFrom(new PhoneNumber(JANE)))).isEmpty();
        assertThat(to(Message.reader().setFrom(new PhoneNumber(Scene.NUMBER)))).hasSize(2);
        assertThat(to(Message.reader().setDateSent(today))).containsExactly("+12025550199");
        assertThat(to(Message.reader().setDateSentAfter(today))).containsExactly("+12025550199");
        assertThat(to(Message.reader().setDateSentBefore(today.minusDays(1)))).containsExactly(JANE);
        assertThat(to(Message.reader().pageSize(1))).containsExactly("+12025550199", JANE);
    }

    private List<String> to(Reader<Message> reader) {
        return StreamSupport.stream(reader.read(client).spliterator(), false)
                .map(Message::getTo)
                .toList();
    }

    @Test
    void knowsItsPathsAccountsAndMessages() {
        assertThat(scene.send("GET", "/twilio/2010-04-01/Accounts/a/Messages/SM00.xml", "")
                        .statusCode())
                .isEqualTo(404);
        TwilioRestClient stranger = new TwilioRestClient.Builder(Scene.TWILIO_SID, "wrong")
                .httpClient(new Redirected(() -> scene.address() + "/twilio"))
                .build();
        assertThatThrownBy(() -> text(JANE).create(stranger))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(20003));
        assertThatThrownBy(() -> Message.fetcher("SM00").fetch(client))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.getStatusCode()).isEqualTo(404));
    }
}
