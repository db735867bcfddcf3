package dev.patchbay.effects;

import dev.patchbay.effects.spi.Quota;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A request to call a port function for a client.
 *
 * @param zone the client's time zone
 * @param key of the effect; names the origin of a read as well
 * @param place where it stands at its origin: a step's pointer, or the function's name
 * @param window how long one attempt may send and wait
 * @param onUnknown what follows when the outcome is unknown
 * @param quotas of the flow's author, which apply beside the provider's
 * @param maySend false: it is too late to send it; an attempt that may have been sent is looked up all the same
 */
public record ActionRequest(
        ClientId client,
        ZoneId zone,
        CorrelationId correlation,
        EffectKey key,
        String place,
        PortFunction<?, ?, ?> function,
        JsonNode input,
        Duration window,
        OnUnknown onUnknown,
        List<Quota> quotas,
        boolean maySend) {

    /** A request that may be sent, and is looked up when its outcome is unknown. */
    public ActionRequest(
            ClientId client,
            ZoneId zone,
            CorrelationId correlation,
            EffectKey key,
            String place,
            PortFunction<?, ?, ?> function,
            JsonNode input,
            Duration window) {
        this(client, zone, correlation, key, place, function, input, window, OnUnknown.LOOKUP, List.of(), true);
    }
}
