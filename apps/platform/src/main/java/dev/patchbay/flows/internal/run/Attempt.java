package dev.patchbay.flows.internal.run;

import dev.patchbay.connections.Bound;
import dev.patchbay.connections.http.Exchange;
import dev.patchbay.connections.http.Window;
import dev.patchbay.flows.internal.effect.Claim;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Port;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One attempt at a call, with what it needs to reach its port.
 *
 * @param number from 1
 * @param renewed whether the attempt before renewed the access token
 */
record Attempt(RunContext run, StepCall call, int number, boolean renewed, Notes record, Port adapter, Bound bound) {

    byte[] digest() {
        return Json.digest(Json.object()
                .put("function", call.function().name())
                .put("connection", bound.account().connectionId())
                .set("input", call.input()));
    }

    Answer<?> call(Optional<Claim.Held> held, Window window) {
        return call.function().call(adapter, act(held, window), call.input());
    }

    LookUp<?> look(Claim.Held held, Window window) {
        return call.function().look(adapter, act(Optional.of(held), window), call.input());
    }

    private Act act(Optional<Claim.Held> held, Window window) {
        return new Act(
                bound.account(),
                run.client().id(),
                bound.settings(),
                run.client().zone(),
                run.correlation(),
                run.runId(),
                call.key().text(),
                held.map(Claim.Held::firstClaimedAt).orElse(record.startedAt()),
                window,
                record.exchanges()::add);
    }

    /** @param exchanges what was said, in order */
    record Notes(Instant startedAt, List<Exchange> exchanges) {}
}
