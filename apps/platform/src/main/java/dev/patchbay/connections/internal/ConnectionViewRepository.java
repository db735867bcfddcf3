package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.SecretView;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.spi.AuthorizationCodeGrant;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Connections as people see them; within the tenant's transaction. */
@Component
final class ConnectionViewRepository {

    /** The key of a webhook address rests among the secrets, and is none of the account's. */
    private static final String QUERY = """
            SELECT c.connection_id, c.provider, c.name, c.base_url, c.settings, c.account, c.state, c.state_since,
                   c.tested_at, c.next_test_at, coalesce(c.unhealthy, c.test_note) AS sentence,
                   array(SELECT s.name || '|' || (extract(epoch FROM s.set_at) * 1000)::bigint FROM patchbay.secret s
                         WHERE s.tenant_id = c.tenant_id AND s.connection_id = c.connection_id
                           AND s.name <> ALL (:hidden) ORDER BY s.name) AS secrets
            FROM patchbay.connection c WHERE c.tenant_id = :tenant\s""";

    private final JdbcClient jdbc;
    private final Set<String> consented;

    ConnectionViewRepository(JdbcClient jdbc, List<AuthorizationCodeGrant> consents) {
        this.jdbc = jdbc;
        this.consented =
                consents.stream().map(authorizationCodeGrant -> authorizationCodeGrant.provider().name()).collect(Collectors.toSet());
    }

    List<ConnectionView> list(TenantId tenant, int limit, String after) {
        return jdbc.sql(QUERY + "AND c.connection_id > :after ORDER BY c.connection_id LIMIT :limit")
                .param("tenant", tenant.value())
                .param("hidden", ConnectionRepository.HIDDEN)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> view(row))
                .list();
    }

    /** @throws Problem {@code 404.connection_not_found} */
    ConnectionView get(TenantId tenant, String connectionId) {
        return jdbc.sql(QUERY + "AND c.connection_id = :connection")
                .param("tenant", tenant.value())
                .param("hidden", ConnectionRepository.HIDDEN)
                .param("connection", connectionId)
                .query((row, number) -> view(row))
                .optional()
                .orElseThrow(() ->
                        new Problem(ProblemType.CONNECTION_NOT_FOUND, "There is no connection " + connectionId + "."));
    }

    private ConnectionView view(ResultSet row) throws SQLException {
        var state = ConnectionState.valueOf(row.getString("state"));
        boolean tested = state == ConnectionState.TESTING
                || state == ConnectionState.READY
                || state == ConnectionState.UNHEALTHY;
        return new ConnectionView(
                row.getString("connection_id"),
                row.getString("provider"),
                row.getString("name"),
                consented.contains(row.getString("provider")) ? null : row.getString("base_url"),
                Json.read(row.getString("settings")),
                row.getString("account"),
                state,
                row.getTimestamp("state_since").toInstant(),
                instant(row.getTimestamp("tested_at")),
                tested ? instant(row.getTimestamp("next_test_at")) : null,
                row.getString("sentence"),
                Arrays.stream((String[]) row.getArray("secrets").getArray())
                        .map(ConnectionViewRepository::secret)
                        .toList());
    }

    private static SecretView secret(String text) {
        int bar = text.lastIndexOf('|');
        return new SecretView(text.substring(0, bar), Instant.ofEpochMilli(Long.parseLong(text.substring(bar + 1))));
    }

    private static @Nullable Instant instant(@Nullable Timestamp moment) {
        return moment == null ? null : moment.toInstant();
    }
}
