package dev.patchbay.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;

/** Tenants with audit trails of their own, their exports, and the owner of the database. */
public final class AuditFixture {

    private final Tenants tenants;
    private final ServiceTokens tokens;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher events;
    private final AuditChain chain;

    public AuditFixture(ApplicationContext platform) {
        this.tenants = platform.getBean(Tenants.class);
        this.tokens = platform.getBean(ServiceTokens.class);
        this.tenancy = platform.getBean(Tenancy.class);
        this.events = platform;
        this.chain = platform.getBean(AuditChain.class);
    }

    public TenantId createTenant() {
        var tenant = new TenantId("tnt_audit_" + UUID.randomUUID().toString().substring(0, 8));
        tenants.save(tenant, "Audited");
        return tenant;
    }

    /** A tenant with that number of sealed entries. */
    public TenantId createTenantWithEntries(int entries) {
        var tenant = createTenant();
        for (int entry = 1; entry <= entries; entry++) {
            publish(tenant, "flow/" + entry);
        }
        awaitSealed(tenant, entries);
        return tenant;
    }

    public void publish(TenantId tenant, String resource) {
        publish(auditable(tenant, resource));
    }

    /** In a millisecond of its own, so that ids tell the order. */
    public void publish(Auditable done) {
        tenancy.inTenant(done.scope().tenant(), () -> events.publishEvent(done));
        long then = System.currentTimeMillis();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> System.currentTimeMillis() > then);
    }

    public static Auditable auditable(TenantId tenant, String resource) {
        return new Auditable(
                TenantScope.of(tenant),
                "tok_1",
                "flow.promoted",
                resource,
                Optional.empty(),
                Optional.of("ab12"),
                new CorrelationId("cor_audit"));
    }

    /** The head, once that number of entries is sealed and none is unsealed. */
    public AuditHead awaitSealed(TenantId tenant, long entries) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> chain.head(tenant), head -> head.seq() >= entries && head.unsealed() == 0);
    }

    /** An auditor's token that left no entry of its own in the trail under test. */
    static String issueUnauditedToken(ServiceTokens tokens, TenantId tenant) {
        String clear = "pbt_" + UUID.randomUUID();
        tokens.issueFixed(tenant, "auditor", Set.of("read:audit"), clear);
        return clear;
    }

    public String token(TenantId tenant) {
        return issueUnauditedToken(tokens, tenant);
    }

    /** The lines of an export, the one with the head last. */
    public List<String> export(TenantId tenant) {
        var response = get(token(tenant), "/api/v1/audit?format=ndjson", "*/*");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body().lines().toList();
    }

    public static HttpResponse<String> get(String token, String path, String accept) {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + path))
                            .header("Authorization", "Bearer " + token)
                            .header("Accept", accept)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** As the owner of the database server, with triggers disabled. */
    public static void tamper(String... statements) {
        executeAsSuperuser("SET session_replication_role = replica", statements);
    }

    public static void executeAsSuperuser(String first, String... statements) {
        try (var connection = DriverManager.getConnection(
                        TestEnvironment.POSTGRES.jdbcUrl("patchbay"),
                        TestEnvironment.POSTGRES.superuser(),
                        TestEnvironment.POSTGRES.password());
                var statement = connection.createStatement()) {
            statement.execute(first);
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
    }
}
