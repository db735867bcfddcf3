package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.OutageView;
import dev.patchbay.connections.ConnectedAccounts.SecretView;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.OutageState;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads connections as the API shows them; within the tenant's transaction. */
@Component
final class ConnectionViewRepository {

    private static final String QUERY = """
            SELECT c.connection_id, c.provider, c.name, c.base_url, c.settings, c.account, c.state, c.state_since,
                   c.tested_at, c.next_test_at, coalesce(c.unhealthy, c.test_note) AS sentence,
                   array(SELECT s.name || '|' || (extract(epoch FROM s.set_at) * 1000)::bigint FROM patchbay.secret s
                         WHERE s.tenant_id = c.tenant_id AND s.connection_id = c.connection_id
                           AND s.name <> ALL (:hidden) ORDER BY s.name) AS secrets,
                   o.state AS outage, o.began_at, o.waiting_runs
            FROM patchbay.connection c
            LEFT JOIN patchbay.connection_outage o ON o.tenant_id = c.tenant_id AND o.connection_id = c.connection_id
              AND o.state IN ('AWAY', 'RECOVERING')
            WHERE c.tenant_id = :tenant\s""";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final JdbcClient jdbc;
    private final Set<String> consentProviders;
    private final ProviderRegistry providers;

    ConnectionViewRepository(JdbcClient jdbc, List<AuthorizationCodeGrant> grants, ProviderRegistry providers) {
        this.jdbc = jdbc;
        this.providers = providers;
        this.consentProviders =
                grants.stream().map(grant -> grant.provider().name()).collect(Collectors.toSet());
    }

    List<ConnectionView> list(TenantId tenant, int limit, String after) {
        return jdbc.sql(QUERY + "AND c.connection_id > :after ORDER BY c.connection_id LIMIT :limit")
                .param("tenant", tenant.value())
                .param("hidden", SecretNames.internal())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> readView(row))
                .list();
    }

    /** @throws Problem {@code 404.connection_not_found} */
    ConnectionView get(TenantId tenant, ConnectionId connectionId) {
        return jdbc.sql(QUERY + "AND c.connection_id = :connection")
                .param("tenant", tenant.value())
                .param("hidden", SecretNames.internal())
                .param("connection", connectionId.value())
                .query((row, number) -> readView(row))
                .optional()
                .orElseThrow(() ->
                        new Problem(ProblemType.CONNECTION_NOT_FOUND, "There is no connection " + connectionId + "."));
    }

    private ConnectionView readView(ResultSet row) throws SQLException {
        var state = ConnectionState.valueOf(row.getString("state"));
        boolean isChecked = state == ConnectionState.TESTING
                || state == ConnectionState.READY
                || state == ConnectionState.UNHEALTHY;
        return new ConnectionView(
                new ConnectionId(row.getString("connection_id")),
                row.getString("provider"),
                row.getString("name"),
                consentProviders.contains(row.getString("provider")) ? null : row.getString("base_url"),
                Json.read(row.getString("settings")),
                row.getString("account"),
                state,
                row.getTimestamp("state_since").toInstant(),
                instant(row.getTimestamp("tested_at")),
                isChecked ? instant(row.getTimestamp("next_test_at")) : null,
                row.getString("sentence"),
                Arrays.stream((String[]) row.getArray("secrets").getArray())
                        .map(ConnectionViewRepository::parseSecret)
                        .toList(),
                row.getString("outage") == null ? null : outage(row));
    }

    private OutageView outage(ResultSet row) throws SQLException {
        var state = OutageState.valueOf(row.getString("outage"));
        Instant began = row.getTimestamp("began_at").toInstant();
        int waiting = row.getInt("waiting_runs");
        String sentence = (state == OutageState.AWAY
                        ? "%s has not answered since %s UTC; %d runs wait and continue by themselves."
                        : "%s answers again after an outage since %s UTC; %d waiting runs continue by themselves.")
                .formatted(providers.title(row.getString("provider")), TIME.format(began), waiting);
        return new OutageView(state, began, waiting, sentence);
    }

    private static SecretView parseSecret(String text) {
        int bar = text.lastIndexOf('|');
        return new SecretView(text.substring(0, bar), Instant.ofEpochMilli(Long.parseLong(text.substring(bar + 1))));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
