package dev.patchbay.flags.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.Value;
import dev.patchbay.flags.FeatureFlag;
import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Flags over OFREP, OpenFeature's client and the API: the caller's identity decides, whatever the context says. */
@PatchbayTest
class OfrepTests {

    private static final String KEY = FeatureFlag.SMS_LINKS.key();
    private static final String ALL = "/ofrep/v1/evaluate/flags";

    @Autowired
    private PeopleFixture people;

    @Autowired
    private Client client;

    private TenantId listed = new TenantId("tnt_unset");
    private String listedToken = "";
    private String otherToken = "";

    @BeforeEach
    void listATenant() {
        people.createPlatformTenant();
        listed = people.createTenant();
        listedToken = people.issueToken(listed, Optional.empty(), "*:*");
        otherToken = people.issueToken(people.createTenant(), Optional.empty(), "*:*");
        Reply allowed = TestEnvironment.post(
                "/api/v1/flags/" + KEY + "/allow",
                Json.object().put("tenant", listed.value()).put("reason", "pilot"));
        assertThat(allowed.status()).as(String.valueOf(allowed.body())).isEqualTo(200);
    }

    private static Reply send(String token, String method, String path, String body, String... headers) {
        var request = TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return TestEnvironment.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static JsonNode evaluate(String token, String key, String context) {
        Reply reply = send(token, "POST", ALL + "/" + key, "{\"context\": " + context + "}");
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
        return reply.body();
    }

    @Test
    void theCallersTenantDecidesWhateverTheContextSays() {
        String lie = "{\"targetingKey\": \"usr_x\", \"tenant\": \"" + listed + "\", \"tenantId\": \"" + listed + "\"}";
        assertThat(evaluate(listedToken, KEY, "{}").path("value").asBoolean()).isTrue();
        var refused = evaluate(otherToken, KEY, lie);
        assertThat(refused.path("value").asBoolean()).isFalse();
        assertThat(refused.path("reason").asString()).isEqualTo("DEFAULT");
        assertThat(refused.at("/metadata/rule").asString()).isEqualTo("none");
    }

    @Test
    void anUnregisteredKeyIsReleased() {
        var released = evaluate(otherToken, "never-heard-of", "{}");
        assertThat(released.path("value").asBoolean()).isTrue();
        assertThat(released.path("reason").asString()).isEqualTo("DEFAULT");
        assertThat(released.at("/metadata/registered").asBoolean()).isFalse();
    }

    @Test
    void allFlagsAreSentOnceUntilOneChanges() {
        Reply all = send(listedToken, "POST", ALL, "{\"context\": {}}");
        assertThat(all.body()
                        .path("flags")
                        .valueStream()
                        .map(flag -> flag.path("key").asString()))
                .contains(KEY)
                .doesNotContain("never-heard-of");
        String tag = all.headers().firstValue("ETag").orElseThrow();
        assertThat(send(listedToken, "POST", ALL, "", "If-None-Match", tag).status())
                .isEqualTo(304);
        assertThat(send(otherToken, "POST", ALL, "", "If-None-Match", tag).status())
                .isEqualTo(200);
    }

    @Test
    void badRequestsAreAnsweredInTheProtocolsWords() {
        assertThat(send("", "POST", ALL, "{}").status()).isEqualTo(401);
        Reply malformed = send(otherToken, "POST", ALL + "/" + KEY, "{");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.body().path("errorCode").asString()).isEqualTo("PARSE_ERROR");
        Reply context = send(otherToken, "POST", ALL, "{\"context\": []}");
        assertThat(context.status()).isEqualTo(400);
        assertThat(context.body().path("errorCode").asString()).isEqualTo("INVALID_CONTEXT");
        Reply key = send(otherToken, "POST", ALL + "/Not_a_key", "{}");
        assertThat(key.status()).isEqualTo(404);
        assertThat(key.body().path("errorCode").asString()).isEqualTo("FLAG_NOT_FOUND");
    }

    @Test
    void theApiSaysWhyAFlagIsOn() {
        Reply flag = TestEnvironment.get("/api/v1/flags/" + KEY, listedToken);
        assertThat(flag.body().path("rule").asString()).isEqualTo("tenant");
        assertThat(flag.body().path("state").isNull()).isTrue();
        assertThat(TestEnvironment.get("/api/v1/flags", otherToken).body().path("items"))
                .isNotEmpty();
        Reply explained = TestEnvironment.get("/api/v1/flags/" + KEY + "/explain?user=usr_other", listedToken);
        assertThat(explained.body().path("variant").asString()).isEqualTo("on");
        assertThat(TestEnvironment.get("/api/v1/flags/none-such/explain").status())
                .isEqualTo(404);
        var seen = TestEnvironment.get("/api/v1/flags/" + KEY).body();
        assertThat(seen.at("/state/entries").toString()).contains(listed.value());
    }

    @Test
    void changesAreTheOperators() {
        String body = "{\"tenant\": \"" + listed + "\", \"reason\": \"mine\"}";
        assertThat(send(listedToken, "POST", "/api/v1/flags/" + KEY + "/allow", body)
                        .status())
                .isEqualTo(403);
        assertThat(send(listedToken, "POST", "/api/v1/flags/" + KEY + "/switch", "{\"on\": false, \"reason\": \"x\"}")
                        .status())
                .isEqualTo(403);
        assertThat(send(listedToken, "POST", "/api/v1/flags/changes/flc_1/approve", "")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void invalidChangesAreRefused() {
        String path = "/api/v1/flags/" + KEY;
        for (String body : new String[] {
            "{\"reason\": \"x\"}",
            "{\"tenant\": \"tnt_a\", \"user\": \"usr_a\", \"reason\": \"x\"}",
            "{\"tenant\": \"tnt_a\"}",
            "{\"tenant\": \"tnt_a\", \"reason\": \"" + "x".repeat(301) + "\"}",
            "{\"tenant\": \"not an id\", \"reason\": \"x\"}",
            "{\"user\": \"usr_a\", \"until\": \"2020-01-01T00:00:00Z\", \"reason\": \"x\"}"
        }) {
            assertThat(TestEnvironment.post(path + "/allow", "application/json", body)
                            .status())
                    .as(body)
                    .isEqualTo(422);
        }
        assertThat(TestEnvironment.post(path + "/switch", "application/json", "{\"reason\": \"x\"}")
                        .status())
                .isEqualTo(422);
        assertThat(TestEnvironment.post(
                                "/api/v1/flags/none-such/switch",
                                "application/json",
                                "{\"on\": false, \"reason\": \"x\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theSwitchWorksOverTheApi() {
        String path = "/api/v1/flags/" + FeatureFlag.SMS_NOTICES.key();
        assertThat(TestEnvironment.post(path + "/switch", "application/json", "{\"on\": true, \"reason\": \"x\"}")
                        .status())
                .isEqualTo(409);
        String entry = TestEnvironment.get("/api/v1/flags/" + KEY)
                .body()
                .at("/state/entries/0/id")
                .asString();
        assertThat(TestEnvironment.delete("/api/v1/flags/" + KEY + "/allow/" + entry)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void openFeaturesClientBelievesNoContext() {
        var lie = new ImmutableContext("usr_x", Map.of("tenant", new Value(listed.value())));
        var details = client.getBooleanDetails(KEY, true, lie);
        assertThat(details.getValue()).isFalse();
        assertThat(details.getReason()).isEqualTo("DEFAULT");
        assertThat(details.getFlagMetadata().getString("rule")).isEqualTo("none");
        assertThat(client.getBooleanValue("never-heard-of", false)).isTrue();
        assertThat(client.getBooleanDetails("Not_a_key", true).getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    }

    @Test
    void flagsOfAnotherTypeAreAMismatch() {
        assertThat(client.getStringDetails(KEY, "x").getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(client.getStringValue(KEY, "x")).isEqualTo("x");
        assertThat(client.getIntegerValue(KEY, 7)).isEqualTo(7);
        assertThat(client.getDoubleValue(KEY, 1.5)).isEqualTo(1.5);
        assertThat(client.getObjectValue(KEY, new Value("x")).asString()).isEqualTo("x");
    }
}
