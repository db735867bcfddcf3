package dev.patchbay.flows.internal.definition;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.patchbay.flowlanguage.FlowComparison;
import dev.patchbay.flowlanguage.FlowFile;
import dev.patchbay.flows.internal.definition.Promotions.Promotion;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Flows as the API and the portal show them: their versions, whom they serve, and what differs. */
@Repository
public class FlowQueries {

    private static final int LINES_AROUND_A_CHANGE = 3;

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Promotions promotions;

    FlowQueries(JdbcClient jdbc, Tenancy tenancy, Promotions promotions) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.promotions = promotions;
    }

    /**
     * @param state {@code draft}, {@code active} or {@code retired}
     * @param promotedAt when it last became the active version; null when it never did
     */
    public record VersionSummary(
            String version,
            String state,
            String digest,
            Instant createdAt,
            @Nullable Instant promotedAt,
            @Nullable String promotedBy) {}

    /** Versions newest first. */
    public record FlowDetail(String id, String name, List<VersionSummary> versions) {}

    /** @param source the file as it was posted */
    public record VersionDetail(
            String id, String name, String version, String state, String digest, Instant createdAt, String source) {

        private static VersionDetail from(ResultSet row, int number) throws SQLException {
            return new VersionDetail(
                    row.getString("flow_id"),
                    row.getString("name"),
                    row.getString("version"),
                    row.getString("state"),
                    row.getString("digest"),
                    row.getTimestamp("created_at").toInstant(),
                    row.getString("source"));
        }
    }

    /** A client that a flow serves. */
    public record ServedClient(String id, String name) {}

    /** @param diff the two files line by line, in the unified format */
    public record Comparison(String from, String to, FlowComparison changes, String diff) {}

    /** @throws Problem {@code 404.flow_not_found}, also for one that serves no client of the scope */
    public FlowDetail flow(TenantScope scope, String flowId) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var versions = versions(scope, flowId, null);
            if (versions.isEmpty()) {
                throw notFound("There is no flow " + flowId + ".");
            }
            var history = promotions.list(scope.tenant(), flowId);
            return new FlowDetail(
                    flowId,
                    versions.getFirst().name(),
                    versions.stream().map(version -> summary(version, history)).toList());
        });
    }

    private static VersionSummary summary(VersionDetail version, List<Promotion> history) {
        var last = history.stream()
                .filter(promotion -> promotion.to().equals(version.version()))
                .findFirst();
        return new VersionSummary(
                version.version(),
                version.state(),
                version.digest(),
                version.createdAt(),
                last.map(Promotion::at).orElse(null),
                last.map(Promotion::by).orElse(null));
    }

    /** @throws Problem {@code 404.flow_not_found} when there is no such flow or it has no such version */
    public VersionDetail version(TenantScope scope, String flowId, String version) {
        return tenancy.inTenant(scope.tenant(), () -> versions(scope, flowId, version)).stream()
                .findFirst()
                .orElseThrow(() -> notFound("There is no version " + version + " of a flow " + flowId + "."));
    }

    /** Every change of the active version, newest first. */
    public List<Promotion> promotions(TenantScope scope, String flowId) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> promotions.list(scope.tenant(), flow(scope, flowId).id()));
    }

    /** The clients within the scope that the flow serves, by id. */
    public List<ServedClient> clients(TenantScope scope, String flowId) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
                        SELECT client_id, c.name FROM patchbay.flow_assignment a
                          JOIN patchbay.client c USING (tenant_id, client_id)
                        WHERE tenant_id = :tenant AND a.flow_id = :flow AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        ORDER BY client_id""")
                        .param("tenant", scope.tenant().value())
                        .param("flow", flowId)
                        .param("scoped", scope.scoped())
                        .query((row, number) -> new ServedClient(row.getString("client_id"), row.getString("name")))
                        .list());
    }

    /** The flows that serve a client of the scope. */
    public Set<String> serving(TenantScope scope) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
                        SELECT flow_id FROM patchbay.flow_assignment
                        WHERE tenant_id = :tenant AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                        .param("tenant", scope.tenant().value())
                        .param("scoped", scope.scoped())
                        .query(String.class)
                        .set());
    }

    /** The flow of that name. */
    public Optional<String> idOf(TenantId tenant, String name) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT flow_id FROM patchbay.flow WHERE tenant_id = :tenant AND name = :name")
                        .param("tenant", tenant.value())
                        .param("name", name)
                        .query(String.class)
                        .optional());
    }

    /** What became different from one version to another. */
    public Comparison compare(TenantScope scope, String flowId, String from, String to) {
        var before = version(scope, flowId, from);
        var after = version(scope, flowId, to);
        var lines = before.source().lines().toList();
        var diff = UnifiedDiffUtils.generateUnifiedDiff(
                before.name() + "@" + from,
                after.name() + "@" + to,
                lines,
                DiffUtils.diff(lines, after.source().lines().toList()),
                LINES_AROUND_A_CHANGE);
        return new Comparison(
                from,
                to,
                FlowComparison.of(FlowFile.readStored(before.source()), FlowFile.readStored(after.source())),
                String.join("\n", diff));
    }

    private List<VersionDetail> versions(TenantScope scope, String flowId, @Nullable String version) {
        return jdbc.sql("""
                        SELECT flow_id, name, version, state, digest, v.created_at, source
                        FROM patchbay.flow f JOIN patchbay.flow_version v USING (tenant_id, flow_id)
                        WHERE tenant_id = :tenant AND flow_id = :flow AND version = coalesce(:version, version)
                          AND (:scoped::text[] IS NULL OR EXISTS (
                            SELECT FROM patchbay.flow_assignment a WHERE a.tenant_id = :tenant
                              AND a.flow_id = f.flow_id AND a.client_id = ANY (:scoped)))
                        ORDER BY v.created_at DESC""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("flow", flowId)
                .param("version", version)
                .query(VersionDetail::from)
                .list();
    }

    private static Problem notFound(String sentence) {
        return new Problem(ProblemType.FLOW_NOT_FOUND, sentence);
    }
}
