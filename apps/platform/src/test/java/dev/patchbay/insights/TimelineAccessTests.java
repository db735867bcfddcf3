package dev.patchbay.insights;

import static dev.patchbay.insights.TimelineFixture.completeTimeline;
import static dev.patchbay.insights.TimelineFixture.items;
import static dev.patchbay.insights.TimelineFixture.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Access to timelines, and the data they never show. */
@PatchbayTest
class TimelineAccessTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    @Autowired
    private Timelines timelines;

    @Autowired
    private ServiceTokens tokens;

    @Test
    void erasedDataStaysErased() {
        var caller = PhoneCalls.newCaller();
        String call = PhoneCalls.place(caller);
        PhoneCalls.ended(call);
        completeTimeline(call);
        String phone = caller.path("from").asString();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        TestEnvironment.post("/api/v1/erasures", Json.object().put("phone", phone))
                                        .status()
                                == 200);

        var timeline = timeline("callId", call);

        assertThat(timeline.toString())
                .contains("Call ended (personal data erased)")
                .doesNotContain(phone)
                .doesNotContain(caller.path("lastName").asString())
                .doesNotContain("Booked for");
        assertThat(items(timeline("phone", phone))).isEmpty();
    }

    @Test
    void aTimelineIsLimitedToTheScopeOfItsCaller() {
        String call = PhoneCalls.place(PhoneCalls.newCaller());
        var run = PhoneCalls.ended(call);
        completeTimeline(call);
        var its = new ClientId(run.path("clientId").asString());
        var subject = new Subject(Subject.Type.ANYTHING, call);

        assertThat(timelines.find(TenantScope.of(TENANT, its), subject, 500, "").items())
                .hasSameSizeAs(
                        timelines.find(TenantScope.of(TENANT), subject, 500, "").items())
                .isNotEmpty();
        for (var scope :
                List.of(TenantScope.of(TENANT, new ClientId("another")), TenantScope.of(new TenantId("another")))) {
            for (var type : Subject.Type.values()) {
                var value = type == Subject.Type.RUN ? run.path("id").asString() : call;
                var nothing = timelines.find(scope, new Subject(type, value), 500, "");
                assertThat(nothing.items()).isEmpty();
                assertThat(nothing.correlationIds()).isEmpty();
                assertThat(nothing.why()).startsWith("No event, run or live call matches");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?q=", "?phone=1&callId=2", "?limit=5"})
    void aRequestWithoutExactlyOneSubjectIsRejected(String query) {
        assertThat(TestEnvironment.get("/api/v1/timeline" + query)
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("400.malformed_request");
        assertThat(TestEnvironment.get("/api/v1/timeline?q=" + "x".repeat(257)).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read:runs", "read:events"})
    void bothPermissionsAreRequired(String one) {
        String token = tokens.issue(TENANT, "half " + one, Set.of(one));

        var answer = TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1/timeline?q=x"))
                        .header("Authorization", "Bearer " + token)
                        .GET());

        assertThat(answer.status()).isEqualTo(403);
    }
}
