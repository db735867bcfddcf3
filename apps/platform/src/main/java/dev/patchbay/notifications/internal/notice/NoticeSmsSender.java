package dev.patchbay.notifications.internal.notice;

import dev.patchbay.connections.Connections;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.NodeSettings;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Sends texts on the account of the installation's operators: it works while the accounts of an agency are broken. Each text is
 * an effect of the ledger, so it is sent at most once.
 */
@Component
class NoticeSmsSender {

    /** The operators bind {@code messaging} for their whole tenant, or for a client of this id. */
    private static final ClientId OPERATORS = new ClientId("cli_operators");

    private final Actions actions;
    private final Connections connections;
    private final NodeSettings nodeSettings;
    private final Clock clock;

    NoticeSmsSender(Actions actions, Connections connections, NodeSettings nodeSettings, Clock clock) {
        this.actions = actions;
        this.connections = connections;
        this.nodeSettings = nodeSettings;
        this.clock = clock;
    }

    /** Whether this installation sends texts to its users; outside of a transaction of another tenant. */
    boolean isConfigured() {
        return connections
                .findClientsWithoutBinding(Tenants.PLATFORM, Set.of(OPERATORS), "messaging")
                .isEmpty();
    }

    /**
     * Makes one attempt.
     *
     * @param id names the text for ever: a text of the same id is sent once
     */
    Outcome attempt(String id, PhoneNumber to, String text, int attempt) {
        var key = new EffectKey(Tenants.PLATFORM, new EffectOrigin.Notice(id), "sms", 0);
        var request = new ActionRequest(
                OPERATORS,
                ZoneOffset.UTC,
                Locale.ENGLISH,
                new CorrelationId(id),
                key,
                "notice",
                PortFunction.byName("messaging.sendSms"),
                Json.object().put("to", to.e164()).put("text", text),
                nodeSettings.actWindow());
        return actions.attempt(request, attempt, false, ExchangeLog.startingAt(clock.instant()));
    }
}
