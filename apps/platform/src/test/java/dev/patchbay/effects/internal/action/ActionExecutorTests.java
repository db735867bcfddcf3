package dev.patchbay.effects.internal.action;

import static dev.patchbay.effects.internal.action.ContactAction.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.effects.internal.node.NodeLeaseFixture;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outcome of each result that an adapter can return; the adapter is scripted. */
@PatchbayTest
class ActionExecutorTests {

    @Autowired
    private ActionsFixture actionsFixture;

    @Autowired
    private Effects effects;

    @Autowired
    private Connections connections;

    @Autowired
    private NodeLeaseFixture lease;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private ContactAction contact;

    @BeforeEach
    void newAction() {
        contact = actionsFixture.contactAction();
    }

    @Test
    void anInvalidInputFailsBeforeAnythingIsSent() {
        var failed = failure(contact.attempt(Json.object()));

        assertThat(failed.reason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(failed.sentence()).contains("crm.upsertContact");
    }

    @Test
    void aPortWithoutAnAdapterFails() {
        var actions = actionsFixture.withShortTimings(List.of());

        var failed = failure(actions.attempt(contact.request(), 1, false, ExchangeLog.startingAt(Instant.now())));

        assertThat(failed.reason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(failed.sentence()).contains("con_highlevel_harbor", "crm", "cannot serve it");
    }

    @Test
    void aRejectedEffectStaysFailed() {
        contact.crm().returns(new PortResult.Rejected<>(FailureReason.BAD_INPUT, "The phone is not valid."));
        var failed = new Outcome.Failed(FailureReason.BAD_INPUT, "The phone is not valid.");

        assertThat(contact.attempt()).isEqualTo(failed);
        assertThat(contact.attempt()).isEqualTo(failed);
    }

    @Test
    void anAdapterThatBreaksItsContractIsABugOutsideProd() {
        var nameless = ContactAction.contact("", null);
        contact.crm().returns(new PortResult.Succeeded<>(nameless, "con_1"));

        var failed = failure(contact.attempt());

        assertThat(failed.reason()).isEqualTo(FailureReason.BUG);
        assertThat(failed.sentence()).startsWith("The output of crm.upsertContact does not fit at /id");
        var inProd = new PortContracts(
                new Settings(Environment.PROD, URI.create("https://x.example"), Path.of("target"), Set.of()));
        assertThat(inProd.adapterOutputViolation("crm.upsertContact", Json.tree(nameless)))
                .isEmpty();
    }

    @Test
    void theResultOfADoneEffectIsReused() {
        contact.crm().returns(new PortResult.Succeeded<>(ContactAction.ADA, "con_1"));

        assertThat(contact.attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(contact.attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(contact.crm().calls()).isEqualTo(1);
    }

    @Test
    void aDelayNeverExceedsFiveMinutes() {
        contact.crm()
                .returns(new PortResult.RetryLater<>(
                        FailureReason.RATE_LIMITED, "Too many.", Optional.of(Duration.ofHours(6))));

        assertThat(contact.attempt())
                .isEqualTo(new Outcome.Retry(Duration.ofMinutes(5), FailureReason.RATE_LIMITED, "Too many."));
    }

    @Test
    void aRejectedTokenIsRefreshedOnceThenAPersonMustReconnect() {
        contact.crm().returns(new PortResult.Unauthorized<>("HighLevel did not accept the token."));
        contact.crm().returns(new PortResult.Unauthorized<>("HighLevel did not accept the token."));

        assertThat(contact.attempt()).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.after()).isZero();
            assertThat(retry.reason()).isEqualTo(FailureReason.AUTH_EXPIRED);
        });
        assertThat(failure(contact.attemptAfterTokenRefresh()).reason()).isEqualTo(FailureReason.AUTH_EXPIRED);
        assertThat(failure(contact.attempt()).reason())
                .as("the connection is unhealthy now")
                .isEqualTo(FailureReason.AUTH_EXPIRED);

        connections.reconnect(ContactAction.TENANT, new ConnectionId(unhealthyConnection()), Map.of());
        contact.crm().returns(new PortResult.Succeeded<>(ContactAction.ADA, "con_1"));
        assertThat(contact.attempt()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void anUnsentRequestMayChange() {
        contact.crm().returns(new PortResult.RetryLater<>(FailureReason.PROVIDER_DOWN, "Down.", Optional.empty()));
        contact.attempt();
        contact.crm().returns(new PortResult.Succeeded<>(ContactAction.ADA, "con_1"));

        assertThat(contact.attempt(ContactAction.ada().put("firstName", "Grace")))
                .isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void aFormerOwnerClaimsNothing() {
        var formerOwner = new SettlementListener() {
            @Override
            public boolean onClaim() {
                return false;
            }
        };

        assertThat(contact.attempt(formerOwner)).isInstanceOf(Outcome.Deferred.class);
        assertThat(effects.findNewest(contact.key())).isEmpty();
    }

    @Test
    void aFencedProcessSendsNothing() {
        lease.evict();

        assertThat(contact.attempt()).isInstanceOf(Outcome.Deferred.class);
        assertThat(contact.crm().calls()).isZero();
        lease.renew();
    }

    @Test
    void aBugInAnAdapterIsNamedAndRetried() {
        contact.crm().throwsNext(new IllegalStateException("oops"));

        assertThat(contact.attempt())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.reason()).isEqualTo(FailureReason.BUG));
    }

    @Test
    void anAttemptWithoutTheDatabaseIsDeferred() {
        contact.crm().throwsNext(new QueryTimeoutException("away"));

        assertThat(contact.attempt()).isInstanceOf(Outcome.Deferred.class);
    }

    private String unhealthyConnection() {
        return tenancy.inTenant(
                ContactAction.TENANT, () -> jdbc.sql("""
                        SELECT connection_id FROM patchbay.connection
                        WHERE tenant_id = 'tnt_demo' AND provider = 'highlevel' AND unhealthy IS NOT NULL""").query(String.class).single());
    }
}
