package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.BoundConnection;
import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.internal.ledger.Claim;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.Port;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.Json;
import java.util.Optional;

/**
 * One attempt at a call, with what it needs to reach its port.
 *
 * @param number from 1
 * @param renewed whether the attempt before renewed the access token
 */
record Attempt(
        ActionRequest acting, int number, boolean renewed, ExchangeLog notes, Port adapter, BoundConnection bound) {

    byte[] digest() {
        return Json.digest(Json.object()
                .put("function", acting.function().name())
                .put("connection", bound.account().connectionId().value())
                .set("input", acting.input()));
    }

    PortResult<?> call(Optional<Claim.Held> held, Window window) {
        return acting.function().call(adapter, act(held, window), acting.input());
    }

    LookupResult<?> look(Claim.Held held, Window window) {
        return acting.function().look(adapter, act(Optional.of(held), window), acting.input());
    }

    private CallContext act(Optional<Claim.Held> held, Window window) {
        return new CallContext(
                bound.account(),
                acting.client(),
                bound.settings(),
                acting.zone(),
                acting.correlation(),
                acting.key().runId(),
                acting.key().text(),
                held.map(Claim.Held::firstClaimedAt).orElse(notes.startedAt()),
                window,
                notes.exchanges()::add);
    }
}
