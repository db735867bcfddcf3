package dev.patchbay.effects.internal.ledger;

import static dev.patchbay.effects.EffectState.DONE;
import static dev.patchbay.effects.EffectState.FAILED;
import static dev.patchbay.effects.EffectState.PLANNED;
import static dev.patchbay.effects.EffectState.UNKNOWN;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.NodeLease;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Executes the transitions of effects in the tenant's transaction; each has its fence in the {@code where}. */
@Repository
class EffectRepository {

    private final JdbcClient jdbc;
    private final NodeLease node;

    EffectRepository(JdbcClient jdbc, NodeLease node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /** Claims the effect; empty when it cannot be claimed, and {@link #findObstacle} then gives the reason. */
    Optional<ClaimResult> claim(EffectKey key, String place, byte[] digest, Duration window, Duration settle) {
        return statement(key, """
                        INSERT INTO patchbay.effect AS e (tenant_id, key, origin, place, state, digest, attempt,
                                                          owner_node, owner_epoch, act_until, look_after)
                        SELECT :tenant, :key, :origin, :place, 'PLANNED', :digest, 1, n.node_id, n.epoch,
                               clock_timestamp() + :window * interval '1 ms', clock_timestamp() + :look * interval '1 ms'
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
                .param("origin", key.origin().text())
                .param("place", place)
                .param("digest", digest)
                .param("window", window.toMillis())
                .param("look", window.plus(settle).toMillis())
                .param("node", node.nodeId())
                .param("epoch", node.epoch())
                .query((row, number) -> claimResult(key, row))
                .optional();
    }

    private static ClaimResult claimResult(EffectKey key, ResultSet row) throws SQLException {
        var claim = new Claim(
                key, row.getInt("attempt"), row.getTimestamp("created_at").toInstant());
        return EffectState.valueOf(row.getString("state")) == PLANNED
                ? new ClaimResult.Send(claim)
                : new ClaimResult.LookUpFirst(claim);
    }

    /** Finds the reason why an effect could not be claimed; empty when it is free. */
    Optional<ClaimResult> findObstacle(EffectKey key, byte[] digest) {
        return statement(key, """
                        SELECT state, response, error, digest = :digest AS same, look_after = 'infinity' AS parked, owner_node IS NOT NULL AS claimed,
                          ceil(extract(epoch FROM CASE WHEN look_after = 'infinity' THEN interval '0'
                                                       ELSE look_after - clock_timestamp() END) * 1000)::bigint AS wait
                        FROM patchbay.effect WHERE tenant_id = :tenant AND key = :key""")
                .param("digest", digest)
                .query((row, number) -> obstacle(row))
                .optional()
                .flatMap(obstacle -> obstacle);
    }

    private static Optional<ClaimResult> obstacle(ResultSet row) throws SQLException {
        return switch (EffectState.valueOf(row.getString("state"))) {
            case DONE -> Optional.of(new ClaimResult.Done(Json.read(row.getString("response"))));
            case FAILED -> Optional.of(failed(row.getString("error")));
            case PLANNED, UNKNOWN -> {
                if (!row.getBoolean("same")) {
                    yield Optional.of(new ClaimResult.RequestMismatch());
                }
                if (row.getBoolean("parked")) {
                    yield Optional.of(new ClaimResult.Parked());
                }
                long wait = row.getLong("wait");
                yield wait > 0
                        ? Optional.of(new ClaimResult.Busy(Duration.ofMillis(wait), row.getBoolean("claimed")))
                        : Optional.empty();
            }
        };
    }

    /** Reads what {@link #markFailed} wrote. */
    private static ClaimResult failed(String error) {
        int space = error.indexOf(' ');
        return new ClaimResult.Failed(FailureReason.valueOf(error.substring(0, space)), error.substring(space + 1));
    }

    boolean reopenWindow(Claim claim, Duration window, Duration settle) {
        return transition(claim, PLANNED, """
                        UPDATE patchbay.effect e SET state = :state, looked_up = true,
                          act_until = clock_timestamp() + :window * interval '1 ms', look_after = clock_timestamp() + :look * interval '1 ms'
                        FROM patchbay.node n
                        WHERE e.tenant_id = :tenant AND e.key = :key AND e.attempt = :attempt AND e.state = ANY (:predecessors)
                          AND e.owner_node = :node AND e.owner_epoch = :epoch AND e.act_until > clock_timestamp()
                          AND n.node_id = e.owner_node AND n.epoch = e.owner_epoch AND n.lease_until > clock_timestamp()""")
                        .param("window", window.toMillis())
                        .param("look", window.plus(settle).toMillis())
                        .param("node", node.nodeId())
                        .param("epoch", node.epoch())
                        .update()
                == 1;
    }

    boolean markDone(Claim claim, JsonNode response, String providerId, boolean lookedUp) {
        var stored = Json.object().put("providerId", providerId).set("value", response);
        return transition(claim, DONE, """
                        UPDATE patchbay.effect SET state = :state, response = :response::jsonb, provider_id = :id,
                          settled_at = clock_timestamp(), looked_up = looked_up OR :lookedUp
                        WHERE tenant_id = :tenant AND key = :key AND attempt >= :attempt AND state = ANY (:predecessors)""")
                        .param("response", Json.write(stored))
                        .param("id", providerId)
                        .param("lookedUp", lookedUp)
                        .update()
                == 1;
    }

    void markAdopted(Claim claim) {
        statement(claim.key(), """
                        UPDATE patchbay.effect SET adopted = true
                        WHERE tenant_id = :tenant AND key = :key AND attempt = :attempt AND state = 'DONE'""").param("attempt", claim.attempt()).update();
    }

    boolean markFailed(Claim claim, FailureReason reason, String sentence) {
        return transition(claim, FAILED, """
                        UPDATE patchbay.effect SET state = :state, error = :error, settled_at = clock_timestamp()
                        WHERE tenant_id = :tenant AND key = :key AND attempt = :attempt AND state = ANY (:predecessors)""")
                        .param("error", reason + " " + sentence)
                        .update()
                == 1;
    }

    boolean markUnknown(Claim claim, String sentence, Duration settle) {
        return transition(claim, UNKNOWN, """
                        UPDATE patchbay.effect SET state = :state, owner_node = NULL, owner_epoch = NULL, error = :error,
                          look_after = greatest(act_until, clock_timestamp()) + :settle * interval '1 ms'
                        WHERE tenant_id = :tenant AND key = :key AND attempt = :attempt AND state = ANY (:predecessors)""")
                        .param("error", sentence)
                        .param("settle", settle.toMillis())
                        .update()
                == 1;
    }

    boolean release(Claim claim, Duration delay) {
        return statement(claim.key(), """
                        UPDATE patchbay.effect SET owner_node = NULL, owner_epoch = NULL,
                          look_after = clock_timestamp() + :delay * interval '1 ms'
                        WHERE tenant_id = :tenant AND key = :key AND attempt = :attempt AND state = 'PLANNED'""")
                        .param("attempt", claim.attempt())
                        .param("delay", delay.toMillis())
                        .update()
                == 1;
    }

    boolean defer(Claim claim, Duration delay) {
        return statement(claim.key(), """
                        UPDATE patchbay.effect SET owner_node = NULL, owner_epoch = NULL,
                          look_after = clock_timestamp() + :delay * interval '1 ms'
                        WHERE tenant_id = :tenant AND key = :key AND attempt = :attempt AND state = 'UNKNOWN'""")
                        .param("attempt", claim.attempt())
                        .param("delay", delay.toMillis())
                        .update()
                == 1;
    }

    boolean park(Claim claim) {
        return statement(claim.key(), """
                        UPDATE patchbay.effect SET owner_node = NULL, owner_epoch = NULL, look_after = 'infinity'
                        WHERE tenant_id = :tenant AND key = :key AND attempt = :attempt AND state = 'UNKNOWN'""").param("attempt", claim.attempt()).update() == 1;
    }

    /** Marks the effect as done; returns false when its outcome is known already. */
    boolean confirmDone(EffectKey key, JsonNode response) {
        return statement(key, """
                        UPDATE patchbay.effect SET state = 'DONE', attempt = attempt + 1, owner_node = NULL, owner_epoch = NULL,
                          response = jsonb_build_object('value', :response::jsonb), settled_at = clock_timestamp()
                        WHERE tenant_id = :tenant AND key = :key
                          AND (state = 'UNKNOWN' OR (state = 'PLANNED' AND owner_node IS NOT NULL))""").param("response", Json.write(response)).update() == 1;
    }

    /** Lets the effect be sent again; returns false when its outcome is known already. */
    boolean confirmNotDone(EffectKey key) {
        return statement(key, """
                        UPDATE patchbay.effect SET state = 'PLANNED', attempt = attempt + 1, owner_node = NULL, owner_epoch = NULL,
                          look_after = clock_timestamp()
                        WHERE tenant_id = :tenant AND key = :key
                          AND (state = 'UNKNOWN' OR (state = 'PLANNED' AND owner_node IS NOT NULL))""").update() == 1;
    }

    void erase(TenantId tenant, Collection<EffectOrigin> origins) {
        jdbc.sql("""
                        UPDATE patchbay.effect SET provider_id = NULL, error = split_part(error, ' ', 1) || ' Erased.',
                          response = CASE WHEN response IS NULL THEN NULL ELSE '{"erased": true}'::jsonb END
                        WHERE tenant_id = :tenant AND origin = ANY (:origins)""")
                .param("tenant", tenant.value())
                .param("origins", origins.stream().map(EffectOrigin::text).toArray(String[]::new))
                .update();
    }

    /** Expires effects across tenants, through a definer function. */
    int expire(int limit) {
        return jdbc.sql("SELECT patchbay.expire_effects(:limit)")
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }

    private StatementSpec transition(Claim claim, EffectState state, String sql) {
        return statement(claim.key(), sql)
                .param("attempt", claim.attempt())
                .param("state", state.name())
                .param("predecessors", state.predecessors());
    }

    private StatementSpec statement(EffectKey key, String sql) {
        return jdbc.sql(sql).param("tenant", key.tenant().value()).param("key", key.text());
    }
}
