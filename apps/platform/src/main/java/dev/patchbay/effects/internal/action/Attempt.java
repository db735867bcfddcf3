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
 * One attempt at a call, with what it needs to reach the provider.
 *
 * @param number from 1
 * @param tokenRefreshed whether the attempt before renewed the access token
 */
record Attempt(
        ActionRequest request,
        int number,
        boolean tokenRefreshed,
        ExchangeLog exchangeLog,
        Port adapter,
        BoundConnection connection) {

    /** SHA-256 of the canonical request, without credentials and times. */
    byte[] digest() {
        return Json.digest(Json.object()
                .put("function", request.function().name())
                .put("connection", connection.account().connectionId().value())
                .set("input", request.input()));
    }

    PortResult<?> call(Optional<Claim> claim, Window window) {
        return request.function().call(adapter, callContext(claim, window), request.input());
    }

    LookupResult<?> lookUp(Claim claim, Window window) {
        return request.function().lookUp(adapter, callContext(Optional.of(claim), window), request.input());
    }

    CallContext callContext(Optional<Claim> claim, Window window) {
        return new CallContext(
                connection.account(),
                request.client(),
                connection.settings(),
                request.zone(),
                request.locale(),
                request.correlation(),
                request.key().origin().text(),
                request.key().text(),
                claim.map(Claim::firstClaimedAt).orElse(exchangeLog.startedAt()),
                window,
                exchangeLog.exchanges()::add);
    }
}
