package dev.patchbay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@PatchbayTest
class AuditApiTests {

    private static final ClientId NORTH = new ClientId("cli_audit_north");

    @Autowired
    private ApplicationContext platform;

    @Autowired
    private ServiceTokens tokens;

    @Autowired
    private Tenancy tenancy;

    private AuditFixture fixture;
    private TenantId tenant;
    private String token;

    @BeforeEach
    void aTrailOfFour() {
        fixture = new AuditFixture(platform);
        tenant = fixture.createTenant();
        token = fixture.token(tenant);
        publish(TenantScope.of(tenant), "usr_ada", "flow.drafted", "flow/1", "cor_1");
        publish(TenantScope.of(tenant, NORTH), "usr_ada", "flow.assigned", "flow/1", "cor_2");
        publish(TenantScope.of(tenant, NORTH), "tok_bot", "run.started", "run/1", "cor_3");
        publish(TenantScope.of(tenant), "tok_bot", "flows.imported", "flow/2", "cor_1");
        fixture.awaitSealed(tenant, 4);
    }

    private void publish(TenantScope scope, String actor, String action, String resource, String correlation) {
        fixture.publish(new Auditable(
                scope, actor, action, resource, Optional.empty(), Optional.empty(), new CorrelationId(correlation)));
    }

    @Test
    void entriesAreFilteredByActorActionResourceClientAndTime() {
        assertThat(actions("")).containsExactly("flows.imported", "run.started", "flow.assigned", "flow.drafted");
        assertThat(actions("actor=usr_ada")).containsExactly("flow.assigned", "flow.drafted");
        assertThat(actions("action=flow.drafted")).containsExactly("flow.drafted");
        assertThat(actions("action=flow.")).containsExactly("flow.assigned", "flow.drafted");
        assertThat(actions("resource=flow/1")).containsExactly("flow.assigned", "flow.drafted");
        assertThat(actions("client=cli_audit_north")).containsExactly("run.started", "flow.assigned");
        assertThat(actions("correlationId=cor_1")).containsExactly("flows.imported", "flow.drafted");
        assertThat(actions("actor=usr_ada&action=flow.&client=cli_audit_north")).containsExactly("flow.assigned");

        Instant third = Instant.parse(entries("").get(1).path("at").asString());
        Instant after = third.plusMillis(1);
        assertThat(actions("to=" + Instant.EPOCH)).isEmpty();
        assertThat(actions("from=" + Instant.now().plusSeconds(60))).isEmpty();
        assertThat(actions("from=" + third)).contains("run.started").doesNotContain("flow.drafted");
        assertThat(actions("to=" + after)).contains("run.started");
        assertThat(TestEnvironment.get("/api/v1/audit?from=yesterday", token).status())
                .isEqualTo(400);
    }

    @Test
    void entriesShowSequenceNumberAndHash() {
        var newest = entries("limit=1").getFirst();
        assertThat(newest.path("seq").asLong()).isEqualTo(4);
        var head = TestEnvironment.get("/api/v1/audit/head", token).body();
        assertThat(head.path("seq").asLong()).isEqualTo(4);
        assertThat(head.path("hash")).isEqualTo(newest.path("hash"));
        assertThat(head.path("unsealed").asLong()).isZero();
        var empty = TestEnvironment.get("/api/v1/audit/head", fixture.token(fixture.createTenant()))
                .body();
        assertThat(empty.path("seq").asLong()).isZero();
        assertThat(empty.path("hash").asString()).isEqualTo("0".repeat(64));
    }

    @Test
    void exportIsOldestFirstAndAudited() {
        var response = AuditFixture.get(token, "/api/v1/audit", "application/x-ndjson");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/x-ndjson");
        var lines = response.body().lines().map(Json::read).toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.subList(0, 4))
                .extracting(line -> line.path("seq").asLong())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(lines.getLast().at("/head/seq").asLong()).isEqualTo(4);
        assertThat(VerifierProcess.run(response.body()).exit()).isZero();

        fixture.awaitSealed(tenant, 5);
        assertThat(entries("action=audit.exported")).singleElement().satisfies(entry -> {
            assertThat(entry.path("resource").asString()).isEqualTo("audit/1-4");
            assertThat(entry.path("actor").asString()).startsWith("tok_");
            assertThat(entry.path("sourceIp").asString()).isEqualTo("127.0.0.1");
            assertThat(entry.path("userAgent").asString()).startsWith("Java");
            assertThat(entry.path("onBehalfOf").isNull()).isTrue();
        });
    }

    @Test
    void exportResumesAfterASequenceNumber() {
        String hash = entries("limit=2").getLast().path("hash").asString();
        var rest = AuditFixture.get(token, "/api/v1/audit?format=ndjson&afterSeq=3", "*/*");
        assertThat(rest.body().lines()).hasSize(2);
        assertThat(VerifierProcess.run(rest.body(), "--anchor", "3:" + hash).exit())
                .isZero();
        assertThat(AuditFixture.get(token, "/api/v1/audit?format=ndjson&afterSeq=-1", "*/*")
                        .body()
                        .lines())
                .hasSizeGreaterThan(4);
    }

    @Test
    void exportOfManyPagesIsComplete() {
        tenancy.inTenant(tenant, () -> {
            for (int entry = 0; entry < 1_100; entry++) {
                platform.publishEvent(AuditFixture.auditable(tenant, "flow/" + entry));
            }
        });
        fixture.awaitSealed(tenant, 1_104);
        var verdict = VerifierProcess.verify(fixture.export(tenant));
        assertThat(verdict.output()).startsWith("whole: 1104 entries");
        assertThat(verdict.exit()).isZero();
    }

    @Test
    void filteredExportIsRefused() {
        for (String filter : new String[] {"actor=a", "from=2026-01-01T00:00:00Z", "after=aud_1"}) {
            var response = AuditFixture.get(token, "/api/v1/audit?format=ndjson&" + filter, "*/*");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("afterSeq");
        }
    }

    @Test
    void clientScopedTokenSeesThatClientsEntriesOnly() {
        var newToken = new NewToken("north", Set.of(Permission.of("read:audit")), Optional.of(NORTH), Optional.empty());
        String north = tokens.issue(tenant, "system", newToken).secret();

        var listed = TestEnvironment.get("/api/v1/audit", north).body().path("items");
        assertThat(listed)
                .hasSize(3)
                .allSatisfy(
                        entry -> assertThat(entry.path("clientId").asString()).isEqualTo(NORTH.value()));
        assertThat(TestEnvironment.get("/api/v1/audit/head", north).status()).isEqualTo(403);
        var refused = AuditFixture.get(north, "/api/v1/audit?format=ndjson", "*/*");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("proves nothing");
    }

    private List<String> actions(String query) {
        return entries(query).stream()
                .map(entry -> entry.path("action").asString())
                .toList();
    }

    private List<JsonNode> entries(String query) {
        var reply = TestEnvironment.get("/api/v1/audit?" + query, token);
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
        return StreamSupport.stream(reply.body().path("items").spliterator(), false)
                .toList();
    }
}
