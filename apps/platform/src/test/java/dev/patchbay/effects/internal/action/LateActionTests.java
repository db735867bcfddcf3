package dev.patchbay.effects.internal.action;

import static dev.patchbay.effects.internal.action.ContactAction.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** When there is no time left, nothing is sent; an earlier attempt that may have been sent is looked up all the same. */
@PatchbayTest
class LateActionTests {

    @Autowired
    private ActionsFixture actionsFixture;

    @Autowired
    private Effects effects;

    private ContactAction contact;

    @BeforeEach
    void newAction() {
        contact = actionsFixture.contactAction();
    }

    @Test
    void aLateRequestIsNotSentAndFails() {
        assertThat(failure(contact.attemptTooLate()).reason()).isEqualTo(FailureReason.TOO_LATE);

        assertThat(contact.crm().calls()).isZero();
        assertThat(effects.findNewest(contact.key()).orElseThrow().state()).isEqualTo(EffectState.FAILED);
    }

    @Test
    void anEarlierAttemptIsLookedUpHoweverLate() {
        contact.loseResponse();
        contact.crm().finds(new LookupResult.Found<>(ContactAction.ADA, List.of("con_1")));

        assertThat(contact.attemptTooLate()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void anAbsentEffectIsNotSentLate() {
        contact.loseResponse();
        contact.crm().finds(new LookupResult.Absent<>());

        assertThat(failure(contact.attemptTooLate()).reason()).isEqualTo(FailureReason.TOO_LATE);
        assertThat(contact.crm().calls()).isEqualTo(1);
    }

    @Test
    void aLateLookUpWaitsUntilTheSendWindowHasClosed() {
        contact.crm().returns(new PortResult.Unknown<>("No answer came."));
        contact.attempt();

        assertThat(contact.attemptTooLate()).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void aLateReadIsNotSent() {
        var read = new ActionRequest(
                ContactAction.CLIENT,
                ZoneOffset.UTC,
                Locale.US,
                new CorrelationId("cor_test"),
                contact.key(),
                "/do/0/contact",
                PortFunction.byName("crm.getContact"),
                Json.object().put("id", "con_1"),
                Duration.ofSeconds(2),
                OnUnknown.LOOKUP,
                List.of(),
                false);

        assertThat(failure(contact.attempt(read, false)).reason()).isEqualTo(FailureReason.TOO_LATE);
    }
}
