package dev.patchbay.idempotency.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.idempotency.internal.IdempotencyKeyRepository.ClaimResult;
import dev.patchbay.kernel.Settings;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Leases, fencing tokens and the retention of keys. */
class KeyLeaseTests extends IdempotencyFilterFixture {

    @Autowired
    private Settings process;

    @Test
    void aRequestInProgressIsNotRepeatedUntilItsLeaseEnds() throws Exception {
        var keys = repository(settings(DAY, MINUTE, 1));
        var body = digestOf("{}");
        assertThat(keys.claim(own(), body)).isInstanceOf(ClaimResult.Acquired.class);

        var waiting = send(filter(settings(DAY, MINUTE, 1)), answering(200, "never"));

        assertThat(waiting.getStatus()).isEqualTo(409);
        assertThat(waiting.getHeader("Retry-After")).isEqualTo("1");
        assertThat(executions).hasValue(0);
        expire("lease_until");
        assertThat(send(filter(settings(DAY, MINUTE, 1)), answering(200, "by another"))
                        .getContentAsString())
                .isEqualTo("by another");
    }

    @Test
    void aFormerOwnerOfTheKeyChangesNothing() throws Exception {
        var keys = repository(settings(DAY, MINUTE, 1));
        var first = (ClaimResult.Acquired) keys.claim(own(), digestOf("{}"));
        expire("lease_until");
        send(filter(settings(DAY, MINUTE, 1)), answering(200, "by another"));

        keys.release(own(), first.token());
        keys.completeUnrepeatably(own(), first.token());

        assertThat(send(filter(settings(DAY, MINUTE, 1)), answering(200, "never"))
                        .getContentAsString())
                .isEqualTo("by another");
    }

    @Test
    void anExpiredKeyIsNewAgainAndIsDeleted() throws Exception {
        send(filter(settings(DAY, MINUTE, 1)), answering(200, "yesterday"));
        expire("created_at");
        assertThat(send(filter(settings(DAY, MINUTE, 1)), answering(200, "today"))
                        .getContentAsString())
                .isEqualTo("today");
        expire("created_at");

        var settings = settings(DAY, MINUTE, 1);
        new IdempotencyKeyRetentionJob(repository(settings), settings, process).runOnce();

        assertThat(tenancy.inTenant(
                        TENANT,
                        () -> jdbc.sql("""
                        SELECT count(*) FROM patchbay.idempotency_key WHERE tenant_id = :tenant AND key = :key""")
                                .param("tenant", TENANT.value())
                                .param("key", key)
                                .query(Long.class)
                                .single()))
                .isZero();
    }

    @Test
    void storedResponsesAreSealed() throws Exception {
        send(filter(settings(DAY, MINUTE, 1)), answering(200, "personal"));

        byte[] sealed = tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("""
                        SELECT sealed FROM patchbay.idempotency_key WHERE tenant_id = :tenant AND key = :key""")
                        .param("tenant", TENANT.value())
                        .param("key", key)
                        .query((row, number) -> row.getBytes("sealed"))
                        .single());

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("personal");
    }
}
