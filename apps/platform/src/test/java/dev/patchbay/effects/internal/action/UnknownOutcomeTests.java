package dev.patchbay.effects.internal.action;

import static dev.patchbay.effects.internal.action.ContactAction.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An effect whose response was lost is looked up, left to a person, or failed; it is never sent blindly again. */
@PatchbayTest
class UnknownOutcomeTests {

    @Autowired
    private ActionsFixture actionsFixture;

    @Autowired
    private EffectLedger ledger;

    @Autowired
    private Effects effects;

    @Autowired
    private Connections connections;

    private ContactAction contact;

    @BeforeEach
    void newAction() {
        contact = actionsFixture.contactAction();
    }

    @Test
    void anAbsentEffectIsSentAgain() {
        contact.loseResponse();
        contact.crm().finds(new LookupResult.Absent<>());
        contact.crm().returns(new PortResult.Succeeded<>(ContactAction.ADA, "con_1"));

        assertThat(contact.attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(contact.crm().calls()).isEqualTo(2);
    }

    @Test
    void aFoundEffectIsDone() {
        contact.loseResponse();
        contact.crm().finds(new LookupResult.Found<>(ContactAction.ADA, List.of("con_1")));

        assertThat(contact.attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(contact.crm().calls()).isEqualTo(1);
    }

    @Test
    void aFailedLookUpIsRetried() {
        contact.loseResponse();
        contact.crm().finds(new LookupResult.Unavailable<>("HighLevel does not answer."));

        assertThat(contact.attempt())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME));
    }

    @Test
    void aTokenRejectedDuringALookUpIsRefreshed() {
        contact.loseResponse();
        contact.crm().finds(new LookupResult.Unauthorized<>("HighLevel did not accept the token."));

        assertThat(contact.attempt()).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.after()).isZero();
            assertThat(retry.reason()).isEqualTo(FailureReason.AUTH_EXPIRED);
        });
    }

    @Test
    void anEffectThatCannotBeLookedUpWaitsForAPerson() {
        parkEffect();

        assertThat(contact.attempt()).isInstanceOf(Outcome.NeedsPerson.class);
    }

    @Test
    void aPersonConfirmsThatAnEffectIsDone() {
        parkEffect();

        assertThat(effects.confirmDone(contact.key(), Json.tree(ContactAction.ADA)))
                .isTrue();

        assertThat(effects.confirmNotDone(contact.key()))
                .as("it is settled now")
                .isFalse();
        assertThat(contact.attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(effects.response(ContactAction.TENANT, contact.key().text())
                        .path("id")
                        .asString())
                .isEqualTo("con_1");
    }

    @Test
    void anEffectThatAPersonConfirmsAsNotDoneIsSentAgain() {
        parkEffect();
        contact.crm().returns(new PortResult.Succeeded<>(ContactAction.ADA, "con_1"));

        assertThat(effects.confirmNotDone(contact.key())).isTrue();

        assertThat(contact.attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(contact.crm().calls()).isEqualTo(2);
    }

    @Test
    void onUnknownAskParksInsteadOfLookingUp() {
        contact.crm().returns(new PortResult.Unknown<>("No answer came."));

        assertThat(contact.attempt(OnUnknown.ASK)).isEqualTo(new Outcome.NeedsPerson("No answer came."));

        assertThat(contact.attempt(OnUnknown.ASK)).isInstanceOf(Outcome.NeedsPerson.class);
        assertThat(effects.findNewest(contact.key()).orElseThrow().parked()).isTrue();
    }

    @Test
    void onUnknownAskParksAnAttemptThatWasCutOff() {
        ledger.claim(contact.key(), "/do/0/contact", digest(), Duration.ZERO, Duration.ZERO);

        assertThat(contact.attempt(OnUnknown.ASK))
                .isEqualTo(new Outcome.NeedsPerson("An attempt was cut off before its answer came."));
    }

    @Test
    void onUnknownFailFails() {
        contact.crm().returns(new PortResult.Unknown<>("No answer came."));

        assertThat(failure(contact.attempt(OnUnknown.FAIL)).reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME);
    }

    @Test
    void aRequestThatMayHaveBeenSentMayNotChange() {
        contact.loseResponse();

        assertThat(contact.attempt(ContactAction.ada().put("firstName", "Grace")))
                .isInstanceOfSatisfying(
                        Outcome.NeedsPerson.class,
                        needsPerson -> assertThat(needsPerson.sentence()).contains("Something else"));
    }

    private void parkEffect() {
        contact.loseResponse();
        contact.crm().finds(new LookupResult.Impossible<>("There is no way to tell."));
        assertThat(contact.attempt()).isEqualTo(new Outcome.NeedsPerson("There is no way to tell."));
    }

    private byte[] digest() {
        var account = connections
                .findBound(TenantScope.of(ContactAction.TENANT, ContactAction.CLIENT), "crm")
                .orElseThrow()
                .account();
        return Json.digest(Json.object()
                .put("function", "crm.upsertContact")
                .put("connection", account.connectionId().value())
                .set("input", ContactAction.ada()));
    }
}
