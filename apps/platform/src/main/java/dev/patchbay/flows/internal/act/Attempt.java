package dev.patchbay.flows.internal.act;

import dev.patchbay.connections.Bound;
import dev.patchbay.connections.http.Window;
import dev.patchbay.flows.internal.effect.Claim;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Port;
import dev.patchbay.kernel.Json;
import java.util.Optional;

/**
 * One attempt at a call, with what it needs to reach its port.
 *
 * @param number from 1
 * @param renewed whether the attempt before renewed the access token
 */
record Attempt(Acting acting, int number, boolean renewed, Notes notes, Port adapter, Bound bound) {

    byte[] digest() {
        return Json.digest(Json.object()
                .put("function", acting.function().name())
                .put("connection", bound.account().connectionId())
                .set("input", acting.input()));
    }

    Answer<?> call(Optional<Claim.Held> held, Window window) {
        return acting.function().call(adapter, act(held, window), acting.input());
    }

    LookUp<?> look(Claim.Held held, Window window) {
        return acting.function().look(adapter, act(Optional.of(held), window), acting.input());
    }

    private Act act(Optional<Claim.Held> held, Window window) {
        return new Act(
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
