package dev.patchbay.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.kernel.web.ImpersonatorAttribute;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

@PatchbayTest
class AuditTests {

    private static final TenantId ACME = new TenantId("tnt_audit");
    private static final ClientId CLIENT = new ClientId("cli_audit");

    @Autowired
    private Tenants tenants;

    @Autowired
    private ServiceTokens tokens;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private ApplicationContext platform;

    @Autowired
    private ApplicationEventPublisher events;

    @Test
    void entryIsCommittedWithTheChange() {
        var tenant = tenant("tnt_audit_kept");
        tenancy.inTenant(tenant, () -> events.publishEvent(promoted(TenantScope.of(tenant, CLIENT), "flow/1")));
        assertThat(trail.list(TenantScope.of(tenant), AuditQuery.newest(10)))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("flow.promoted");
                    assertThat(entry.clientId()).isEqualTo("cli_audit");
                    assertThat(entry.before()).isNull();
                    assertThat(entry.after()).isEqualTo("ab12");
                    assertThat(entry.sourceIp()).isNull();
                });
        assertThat(trail.list(TenantScope.of(tenant, new ClientId("cli_other")), AuditQuery.newest(10)))
                .isEmpty();
    }

    @Test
    void entryIsRolledBackWithTheChange() {
        var tenant = tenant("tnt_audit_gone");
        assertThatThrownBy(() -> tenancy.inTenant(tenant, () -> {
                    events.publishEvent(promoted(TenantScope.of(tenant), "flow/1"));
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");
        assertThat(trail.list(TenantScope.of(tenant), AuditQuery.newest(10))).isEmpty();
    }

    @Test
    void entryOutsideATransactionIsRefused() {
        assertThatThrownBy(() -> events.publishEvent(promoted(TenantScope.of(ACME), "flow/1")))
                .hasStackTraceContaining("outside of Tenancy");
    }

    @Test
    void entryCannotBeUpdatedOrDeleted() {
        var tenant = tenant("tnt_audit_fixed");
        for (String attempt :
                new String[] {"UPDATE patchbay.audit_entry SET actor = 'nobody'", "DELETE FROM patchbay.audit_entry"}) {
            assertThatThrownBy(() ->
                            tenancy.inTenant(tenant, () -> jdbc.sql(attempt).update()))
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("permission denied");
        }
    }

    @Test
    void entryRecordsSourceUserAgentAndImpersonator() {
        var tenant = tenant("tnt_audit_ip");
        String odd = "\"quoted\" \\ back / \u0001\u001f\t\u007f\u2028 Zo\u00eb \ud83d\ude00";
        var entry = during(tenant, odd, "usr_support");
        assertThat(entry.sourceIp()).isEqualTo("192.0.2.7");
        assertThat(entry.userAgent()).isEqualTo(odd);
        assertThat(entry.onBehalfOf()).isEqualTo("usr_support");
        assertThat(during(tenant, "x".repeat(600), null)).satisfies(other -> {
            assertThat(other.userAgent()).hasSize(512);
            assertThat(other.onBehalfOf()).isNull();
        });
        assertThat(during(tenant, null, null).userAgent()).isNull();

        var fixture = new AuditFixture(platform);
        fixture.awaitSealed(tenant, 3);
        assertThat(VerifierProcess.verify(fixture.export(tenant)).exit()).isZero();
    }

    private AuditEntry during(TenantId tenant, @Nullable String agent, @Nullable String support) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr("192.0.2.7");
        if (agent != null) {
            request.addHeader("User-Agent", agent);
        }
        request.setAttribute(ImpersonatorAttribute.NAME, support);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        try {
            tenancy.inTenant(tenant, () -> events.publishEvent(promoted(TenantScope.of(tenant), "flow/1")));
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
        return trail.list(TenantScope.of(tenant), AuditQuery.newest(10)).stream()
                .max(Comparator.comparing(AuditEntry::at))
                .orElseThrow();
    }

    @Test
    void entriesAreListedNewestFirstPageByPage() {
        var tenant = tenant("tnt_audit_list");
        String token = AuditFixture.issueUnauditedToken(tokens, tenant);
        for (int flow = 1; flow <= 3; flow++) {
            String resource = "flow/" + flow;
            tenancy.inTenant(tenant, () -> events.publishEvent(promoted(TenantScope.of(tenant), resource)));
        }
        var first = get(token, "/api/v1/audit?limit=2");
        assertThat(first.path("items")).hasSize(2);
        var second =
                get(token, "/api/v1/audit?limit=2&after=" + first.path("next").asString());
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
    }

    private TenantId tenant(String id) {
        var tenant = new TenantId(id);
        tenants.save(tenant, "Audited");
        return tenant;
    }

    private static Auditable promoted(TenantScope scope, String resource) {
        return new Auditable(
                scope,
                "tok_1",
                "flow.promoted",
                resource,
                Optional.empty(),
                Optional.of("ab12"),
                new CorrelationId("cor_audit"));
    }

    private static tools.jackson.databind.JsonNode get(String token, String path) {
        return TestEnvironment.send(
                        TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + path))
                                .header("Authorization", "Bearer " + token))
                .body();
    }
}
