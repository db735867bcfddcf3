package dev.patchbay.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.flags.AllowEntry;
import dev.patchbay.flags.FeatureFlag;
import dev.patchbay.flags.FlagCaller;
import dev.patchbay.flags.FlagChange;
import dev.patchbay.flags.FlagEvaluation.Rule;
import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.SettableClock;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In prod, releasing takes two operators, and switching off takes one. */
@PatchbayTest
class FlagAdministrationTests {

    private static final String KEY = FeatureFlag.SMS_LINKS.key();

    @Autowired
    private FlagRepository repository;

    @Autowired
    private FlagChangeRepository changes;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private ChangeAudit audit;

    @Autowired
    private PeopleFixture people;

    @Autowired
    private JdbcClient jdbc;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-12-01T10:00:00Z"));
    private Identity pat = PeopleFixture.adminIdentity(Tenants.PLATFORM);
    private Identity quinn = pat;
    private TenantId tenant = Tenants.PLATFORM;

    /** The services of one installation. */
    private record Installation(FlagService flags, FlagAdministrationService administration) {}

    private Installation installation(Environment environment) throws IOException {
        var snapshot = new FlagSnapshot(repository, tenancy);
        var settings = new Settings(environment, URI.create("https://patchbay.example"), Path.of("."), Set.of("api"));
        var flags = new FlagService(snapshot, settings, clock);
        return new Installation(
                flags, new FlagAdministrationService(repository, changes, flags, snapshot, tenancy, audit, clock));
    }

    @BeforeEach
    void createOperators() {
        people.createPlatformTenant();
        pat = PeopleFixture.identityOf(Tenants.PLATFORM, people.createUser(Tenants.PLATFORM, "Pat"));
        quinn = PeopleFixture.identityOf(Tenants.PLATFORM, people.createUser(Tenants.PLATFORM, "Quinn"));
        tenant = people.createTenant();
    }

    @AfterEach
    void removeListsAndSwitches() {
        tenancy.inTenant(Tenants.PLATFORM, () -> {
            jdbc.sql("DELETE FROM patchbay.flag_allow").update();
            jdbc.sql("DELETE FROM patchbay.flag_switch").update();
            jdbc.sql("UPDATE patchbay.flag_change SET state = 'APPLIED', decided_at = now() WHERE state = 'PENDING'")
                    .update();
        });
    }

    private AllowEntry entry(Optional<Instant> until) {
        return new AllowEntry(null, AllowEntry.Kind.TENANT, tenant.value(), until.orElse(null));
    }

    private Rule rule(Installation installation) {
        return installation.flags().evaluate(KEY, FlagCaller.of(tenant)).rule();
    }

    private void assertAudited(Identity actor, String... actions) {
        String token = people.issueToken(Tenants.PLATFORM, Optional.empty(), "read:audit");
        var entries = TestEnvironment.get("/api/v1/audit?actor=" + actor.subject(), token)
                .body()
                .path("items");
        assertThat(entries.valueStream().map(entry -> entry.path("action").asString()))
                .containsExactlyInAnyOrder(actions);
        assertThat(entries.valueStream().map(entry -> entry.path("resource").asString()))
                .containsOnly("flag/" + KEY);
    }

    @Test
    void aListEntryInProdWaitsForASecondOperator() throws IOException {
        var prod = installation(Environment.PROD);
        FlagChange change = prod.administration().allow(pat, KEY, entry(Optional.empty()), "pilot");
        assertThat(change.state()).isEqualTo(FlagChange.State.PENDING);
        assertThat(rule(prod)).isEqualTo(Rule.NONE);
        assertThat(prod.administration().find(KEY).pending())
                .extracting(FlagChange::id)
                .contains(change.id());
        assertThatThrownBy(() -> prod.administration().approve(pat, change.id()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Another operator");
        assertThat(prod.administration().approve(quinn, change.id()).decidedBy())
                .isEqualTo(quinn.subject());
        assertThat(rule(prod)).isEqualTo(Rule.TENANT);
        assertAudited(pat, "flag.requested");
        assertAudited(quinn, "flag.approved", "flag.allowed");
        assertThatThrownBy(() -> prod.administration().approve(quinn, change.id()))
                .hasMessageContaining("not pending any more");
    }

    @Test
    void aTokenAndAnImpersonatorApproveNothing() throws IOException {
        var prod = installation(Environment.PROD);
        String change = prod.administration()
                .allow(pat, KEY, entry(Optional.empty()), "pilot")
                .id();
        var token = PeopleFixture.adminIdentity(Tenants.PLATFORM);
        assertThatThrownBy(() -> prod.administration().approve(token, change)).hasMessageContaining("session");
        var impersonated =
                Identity.ofUser(Tenants.PLATFORM, quinn.user().orElseThrow(), new SessionId("ses_test"), pat.user());
        assertThatThrownBy(() -> prod.administration().approve(impersonated, change))
                .hasMessageContaining("session");
        assertThatThrownBy(() -> prod.administration().approve(quinn, "flc_unknown"))
                .hasMessageContaining("no change flc_unknown");
        var staging = installation(Environment.STAGING);
        assertThatThrownBy(() -> staging.administration().approve(quinn, change))
                .hasMessageContaining("not pending any more");
    }

    @Test
    void outsideOfProdAListEntryCountsAtOnceUntilItsEnd() throws IOException {
        var staging = installation(Environment.STAGING);
        Instant end = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofDays(1));
        assertThat(staging.administration()
                        .allow(pat, KEY, entry(Optional.of(end)), "trial")
                        .state())
                .isEqualTo(FlagChange.State.APPLIED);
        assertThat(rule(staging)).isEqualTo(Rule.TENANT);
        clock.set(end);
        assertThat(rule(staging)).isEqualTo(Rule.NONE);
        clock.set(end.minusMillis(1));
        // Other tests list people of their own under this flag.
        AllowEntry listed = staging.administration().find(KEY).entries().stream()
                .filter(it -> it.listedId().equals(tenant.value()))
                .findFirst()
                .orElseThrow();
        staging.administration().withdraw(pat, KEY, String.valueOf(listed.id()));
        assertThat(rule(staging)).isEqualTo(Rule.NONE);
        assertAudited(pat, "flag.allowed", "flag.withdrawn");
        assertThatThrownBy(() -> staging.administration().withdraw(pat, KEY, String.valueOf(listed.id())))
                .hasMessageContaining("has no entry");
    }

    @Test
    void aUserIsListedToo() throws IOException {
        var staging = installation(Environment.STAGING);
        var user = people.createUser(tenant, "Ada");
        staging.administration()
                .allow(pat, KEY, new AllowEntry(null, AllowEntry.Kind.USER, user.value(), null), "pilot");
        var caller = new FlagCaller(Optional.of(user), Optional.empty());
        assertThat(staging.flags().evaluate(KEY, caller).rule()).isEqualTo(Rule.USER);
        assertThat(staging.flags().isEnabled(FeatureFlag.SMS_LINKS, FlagCaller.NOBODY))
                .isFalse();
    }

    @Test
    void switchingOffIsOnePersonsAndSwitchingOnIsTwos() throws IOException {
        var prod = installation(Environment.PROD);
        prod.administration().switchOff(pat, KEY, "carriers filter texts");
        assertThat(rule(prod)).isEqualTo(Rule.SWITCH);
        assertThat(prod.administration().find(KEY).thrownSwitch())
                .satisfies(
                        thrown -> assertThat(String.valueOf(thrown)).contains("carriers filter texts", pat.subject()));
        assertThatThrownBy(() -> prod.administration().switchOff(pat, KEY, "again"))
                .hasMessageContaining("off already");
        FlagChange change = prod.administration().switchOn(pat, KEY, "mended");
        assertThat(change.state()).isEqualTo(FlagChange.State.PENDING);
        assertThat(rule(prod)).isEqualTo(Rule.SWITCH);
        assertThatThrownBy(() -> prod.administration().switchOn(quinn, KEY, "mended"))
                .hasMessageContaining("already");
        prod.administration().approve(quinn, change.id());
        assertThat(rule(prod)).isEqualTo(Rule.NONE);
        assertAudited(pat, "flag.switched_off", "flag.requested");
        assertAudited(quinn, "flag.approved", "flag.switched_on");
        assertThatThrownBy(() -> prod.administration().switchOn(pat, KEY, "again"))
                .hasMessageContaining("not switched off");
    }

    @Test
    void anUnknownFlagIsNotChanged() throws IOException {
        var prod = installation(Environment.PROD);
        assertThatThrownBy(() -> prod.administration().switchOff(pat, "never-heard-of", "x"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("never-heard-of");
    }
}
