package dev.patchbay.effects.internal.action;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.database.Tenancy;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Hears from a carrier's callbacks when an act that is done sent a second text after all: one that was held up on its way
 * for longer than anybody waits. Nobody can call it back, but a person is to know.
 */
@Component
class LateSmsDetector implements EventConsumer {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    LateSmsDetector(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    @Override
    public void consume(Event event) {
        String key = event.data().path("effectKey").asString("");
        if (event.type().equals("message.sms.status") && !key.isEmpty()) {
            tenancy.inTenant(event.tenant(), () -> known(event, key).ifPresent(other -> incident(event, key, other)));
        }
    }

    /** The text that the act is known by, when it is another; locked, since callbacks come side by side. */
    private Optional<String> known(Event event, String key) {
        return jdbc.sql("""
                        SELECT provider_id FROM patchbay.effect
                        WHERE tenant_id = :tenant AND key = :key AND state = 'DONE' AND provider_id <> :text
                        FOR UPDATE""")
                .param("tenant", event.tenant().value())
                .param("key", key)
                .param("text", event.subject())
                .query(String.class)
                .optional();
    }

    private void incident(Event event, String key, String other) {
        jdbc.sql("""
                        INSERT INTO patchbay.effect_incident (tenant_id, key, attempt, kind, detail)
                        SELECT e.tenant_id, e.key, e.attempt, 'second_provider_id', jsonb_build_array(:other::text, :text::text)
                        FROM patchbay.effect e
                        WHERE e.tenant_id = :tenant AND e.key = :key
                          AND NOT EXISTS (SELECT FROM patchbay.effect_incident i WHERE i.tenant_id = e.tenant_id
                                            AND i.key = e.key AND i.detail @> to_jsonb(:text::text))""")
                .param("tenant", event.tenant().value())
                .param("key", key)
                .param("text", event.subject())
                .param("other", other)
                .update();
    }
}
