package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.NodeLease;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/**
 * The effect ledger: every statement is its own transaction, and only the database's clock decides between processes.
 * The transitions and their reasons are in ADR 0006; the claim is committed before the first byte is sent.
 */
@Repository
public class EffectLedger {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final NodeLease node;

    EffectLedger(JdbcClient jdbc, Tenancy tenancy, NodeLease node) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.node = node;
    }

    /**
     * Asks for the right to act.
     *
     * @param digest of the canonical request: the same step must not turn into another act
     */
    public Claim claim(EffectKey key, String stepId, byte[] digest, Duration act, Duration settle) {
        return tenancy.inTenant(
                key.tenant(),
                () -> write(key, stepId, digest, act, settle)
                        .orElseGet(() -> read(key, digest).orElseGet(Claim.Fenced::new)));
    }

    private Optional<Claim> write(EffectKey key, String stepId, byte[] digest, Duration act, Duration settle) {
        return jdbc.sql("""
                        INSERT INTO patchbay.effect AS e (tenant_id, key, run_id, step_id, state, digest, attempt,
                                                          owner_node, owner_epoch, act_until, look_after)
                        SELECT :tenant, :key, :run, :step, 'PLANNED', :digest, 1, n.node_id, n.epoch,
                               clock_timestamp() + :act * interval '1 ms', clock_timestamp() + :look * interval '1 ms'
                        FROM patchbay.node n
                        WHERE n.node_id = :node AND n.epoch = :epoch AND n.lease_until > clock_timestamp()
                        ON CONFLICT (tenant_id, key) DO UPDATE SET
                          attempt = e.attempt + 1,
                          state = CASE WHEN e.state = 'PLANNED' AND e.owner_node IS NULL THEN 'PLANNED' ELSE 'UNKNOWN' END,
                          owner_node = excluded.owner_node, owner_epoch = excluded.owner_epoch,
                          act_until = excluded.act_until, look_after = excluded.look_after, digest = excluded.digest
                        WHERE e.state IN ('PLANNED', 'UNKNOWN') AND e.look_after <= clock_timestamp()
                          -- what was certainly not sent may be asked for differently now
                          AND (e.digest = excluded.digest OR (e.state = 'PLANNED' AND e.owner_node IS NULL))
                        RETURNING e.attempt, e.state, e.created_at""")
                .param("tenant", key.tenant().value())
                .param("key", key.text())
                .param("run", key.runId())
                .param("step", stepId)
                .param("digest", digest)
                .param("act", act.toMillis())
                .param("look", act.plus(settle).toMillis())
                .param("node", node.nodeId())
                .param("epoch", node.epoch())
                .query((row, number) -> claimed(key, row))
                .optional();
    }

    private static Claim claimed(EffectKey key, ResultSet row) throws SQLException {
        var held = new Claim.Held(
                key, row.getInt("attempt"), row.getTimestamp("created_at").toInstant());
        return row.getString("state").equals("PLANNED") ? new Claim.Send(held) : new Claim.LookFirst(held);
    }

    /** Names why a claim was not given; empty when the row is free, so that only this process's lease can be the reason. */
    private Optional<Claim> read(EffectKey key, byte[] digest) {
        return jdbc.sql("""
                        SELECT state, response, error, digest = :digest AS same, look_after = 'infinity' AS parked,
                          ceil(extract(epoch FROM CASE WHEN look_after = 'infinity' THEN interval '0'
                                                       ELSE look_after - clock_timestamp() END) * 1000)::bigint AS wait
                        FROM patchbay.effect WHERE tenant_id = :tenant AND key = :key""")
                .param("digest", digest)
                .param("tenant", key.tenant().value())
                .param("key", key.text())
                .query((row, number) -> Optional.ofNullable(reason(row)))
                .optional()
                .flatMap(reason -> reason);
    }

    private static @Nullable Claim reason(ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "DONE" -> new Claim.Done(Json.read(row.getString("response")));
            case "FAILED" -> new Claim.Failed(row.getString("error"));
            default -> {
                if (!row.getBoolean("same")) {
                    yield new Claim.RequestMismatch();
                }
                if (row.getBoolean("parked")) {
                    yield new Claim.Parked();
                }
                long wait = row.getLong("wait");
                yield wait > 0 ? new Claim.Busy(Duration.ofMillis(wait)) : null;
            }
        };
    }

    /**
     * How long a request that was sent may still be under way: until the window of its attempt is over, and the time after
     * that. From then on "absent" means that it will not be done.
     */
    public Duration underWay(EffectKey key, Duration settle) {
        return tenancy.inTenant(
                key.tenant(),
                () -> jdbc.sql("""
                        SELECT greatest(0, extract(epoch FROM act_until - clock_timestamp()) * 1000 + :settle)::bigint
                        FROM patchbay.effect
                        WHERE tenant_id = :tenant AND key = :key
                          AND (state = 'UNKNOWN' OR (state = 'PLANNED' AND owner_node IS NOT NULL))""")
                        .param("tenant", key.tenant().value())
                        .param("key", key.text())
                        .param("settle", settle.toMillis())
                        .query(Long.class)
                        .optional()
                        .map(Duration::ofMillis)
                        .orElse(Duration.ZERO));
    }

    /** The look-up said absent: take a new window to send in. False: someone else took over, or this process is fenced. */
    public boolean reopenWindow(Claim.Held held, Duration act, Duration settle) {
        return changed(
                held,
                """
                UPDATE patchbay.effect e SET state = 'PLANNED', looked_up = true,
                  act_until = clock_timestamp() + :act * interval '1 ms', look_after = clock_timestamp() + :look * interval '1 ms'
                FROM patchbay.node n
                WHERE e.tenant_id = :tenant AND e.key = :key AND e.attempt = :attempt AND e.state = 'UNKNOWN'
                  AND e.owner_node = :node AND e.owner_epoch = :epoch AND e.act_until > clock_timestamp()
                  AND n.node_id = e.owner_node AND n.epoch = e.owner_epoch AND n.lease_until > clock_timestamp()""",
                s -> s.param("act", act.toMillis())
                        .param("look", act.plus(settle).toMillis())
                        .param("node", node.nodeId())
                        .param("epoch", node.epoch()));
    }

    /**
     * It was done: success is evidence from whichever attempt it comes. When the act was settled before with another
     * provider id, that is an incident a person sees.
     */
    public void markDone(Claim.Held held, JsonNode response, List<String> providerIds, boolean lookedUp) {
        var stored = Json.object().put("providerId", providerIds.getFirst()).set("value", response);
        boolean first = changed(
                held,
                """
                UPDATE patchbay.effect SET state = 'DONE', response = :response::jsonb, provider_id = :id,
                  settled_at = clock_timestamp(), looked_up = looked_up OR :lookedUp
                WHERE tenant_id = :tenant AND key = :key AND attempt >= :attempt AND state IN ('PLANNED', 'UNKNOWN')""",
                s -> s.param("response", Json.storable(stored))
                        .param("id", providerIds.getFirst())
                        .param("lookedUp", lookedUp));
        boolean same = first || providerIds.getFirst().equals(providerIdOf(held.key()));
        if (!same || providerIds.size() > 1) {
            incident(held, "second_provider_id", Json.tree(providerIds));
        }
    }

    private String providerIdOf(EffectKey key) {
        return tenancy.inTenant(
                key.tenant(),
                () -> jdbc.sql("""
                        SELECT coalesce(provider_id, '') FROM patchbay.effect WHERE tenant_id = :tenant AND key = :key""")
                        .param("tenant", key.tenant().value())
                        .param("key", key.text())
                        .query(String.class)
                        .single());
    }

    private void incident(Claim.Held held, String kind, JsonNode detail) {
        tenancy.inTenant(
                held.key().tenant(),
                () -> jdbc.sql("""
                        INSERT INTO patchbay.effect_incident (tenant_id, key, attempt, kind, detail)
                        VALUES (:tenant, :key, :attempt, :kind, :detail::jsonb)""")
                        .param("tenant", held.key().tenant().value())
                        .param("key", held.key().text())
                        .param("attempt", held.attempt())
                        .param("kind", kind)
                        .param("detail", Json.storable(detail))
                        .update());
    }

    /** A definite refusal: counts only from the current attempt. */
    public boolean markFailed(Claim.Held held, String error) {
        return changed(held, """
                UPDATE patchbay.effect SET state = 'FAILED', error = :error, settled_at = clock_timestamp()
                WHERE tenant_id = :tenant AND key = :key AND attempt = :attempt AND state IN ('PLANNED', 'UNKNOWN')""", s -> s.param("error", error));
    }

    /** Nobody knows: from {@code look_after} on it may be looked up. */
    public boolean markUnknown(Claim.Held held, String error, Duration settle) {
        return changed(held, """
                UPDATE patchbay.effect SET state = 'UNKNOWN', owner_node = NULL, owner_epoch = NULL, error = :error,
                  look_after = greatest(act_until, clock_timestamp()) + :settle * interval '1 ms'
                WHERE tenant_id = :tenant AND key = :key AND attempt = :attempt AND state = 'PLANNED'""", s -> s.param("error", error).param("settle", settle.toMillis()));
    }

    /** Certainly nothing was sent: anyone may claim it after the wait. */
    public boolean release(Claim.Held held, Duration wait) {
        return changed(held, """
                UPDATE patchbay.effect SET state = 'PLANNED', owner_node = NULL, owner_epoch = NULL,
                  look_after = clock_timestamp() + :wait * interval '1 ms'
                WHERE tenant_id = :tenant AND key = :key AND attempt = :attempt AND state = 'PLANNED'""", s -> s.param("wait", wait.toMillis()));
    }

    /** The provider could not be asked: look again after the wait. */
    public boolean defer(Claim.Held held, Duration wait) {
        return setAside(held, false, wait);
    }

    /** The provider has no way to tell: a person decides. */
    public boolean park(Claim.Held held) {
        return setAside(held, true, Duration.ZERO);
    }

    private boolean setAside(Claim.Held held, boolean park, Duration wait) {
        return changed(held, """
                UPDATE patchbay.effect SET owner_node = NULL, owner_epoch = NULL,
                  look_after = CASE WHEN :park THEN 'infinity' ELSE clock_timestamp() + :wait * interval '1 ms' END
                WHERE tenant_id = :tenant AND key = :key AND attempt = :attempt AND state = 'UNKNOWN'""", s -> s.param("park", park).param("wait", wait.toMillis()));
    }

    private boolean changed(
            Claim.Held held, String sql, java.util.function.UnaryOperator<JdbcClient.StatementSpec> parameters) {
        return tenancy.inTenant(
                held.key().tenant(),
                () -> parameters
                                .apply(jdbc.sql(sql)
                                        .param("tenant", held.key().tenant().value())
                                        .param("key", held.key().text())
                                        .param("attempt", held.attempt()))
                                .update()
                        == 1);
    }
}
