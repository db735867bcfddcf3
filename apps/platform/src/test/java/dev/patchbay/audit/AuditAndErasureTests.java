package dev.patchbay.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Entries contain ids and digests only: the personal data that an erasure deletes was never in the chain. */
@PatchbayTest
class AuditAndErasureTests {

    @Autowired
    private ApplicationContext platform;

    @Test
    void erasureOfAPersonLeavesTheChainValid() {
        var tenant = new TenantId("tnt_demo");
        var fixture = new AuditFixture(platform);
        var caller = PhoneCalls.newCaller();
        String call = PhoneCalls.place(caller);
        PhoneCalls.ended(call);
        TestEnvironment.get(
                "/api/v1/events/" + PhoneCalls.analyzed(call).path("id").asString());
        var before = fixture.export(tenant);

        erase(caller.path("from").asString());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> fixture.export(tenant).toString().contains("person.erased"));

        var after = fixture.export(tenant);
        int sealed = before.size() - 1;
        assertThat(after.subList(0, sealed)).isEqualTo(before.subList(0, sealed));
        assertThat(after.toString())
                .doesNotContain(caller.path("from").asString())
                .doesNotContain(caller.path("lastName").asString())
                .doesNotContain(caller.path("email").asString());
        var verdict = VerifierProcess.verify(after);
        assertThat(verdict.exit()).as(verdict.output()).isZero();
    }

    /** Waits until no work of theirs is unfinished. */
    static TestEnvironment.Reply erase(String phone) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> TestEnvironment.post(
                                "/api/v1/erasures", Json.object().put("phone", phone)),
                        response -> response.status() != 409);
    }
}
