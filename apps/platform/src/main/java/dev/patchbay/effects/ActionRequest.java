package dev.patchbay.effects;

import dev.patchbay.effects.spi.Quota;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A call of a port that is to be made, whoever wants it made.
 *
 * @param zone the client's time zone
 * @param locale the client's language and clock
 * @param key names the act for ever; its origin is a run, or for example {@code live:<call id>}
 * @param place where it stands at its origin: a step's pointer, or the function's name
 * @param window how long one attempt may send and wait
 * @param onUnknown what to do when nobody knows whether the provider acted
 * @param quotas what the flow's author allows, beside what the provider does
 * @param begins false: it is too late to begin; what may have been sent is settled all the same
 */
public record ActionRequest(
        ClientId client,
        ZoneId zone,
        Locale locale,
        CorrelationId correlation,
        EffectKey key,
        String place,
        PortFunction<?, ?, ?> function,
        JsonNode input,
        Duration window,
        OnUnknown onUnknown,
        List<Quota> quotas,
        boolean begins) {

    /** An act that may begin, and is looked up where nobody knows. */
    public ActionRequest(
            ClientId client,
            ZoneId zone,
            Locale locale,
            CorrelationId correlation,
            EffectKey key,
            String place,
            PortFunction<?, ?, ?> function,
            JsonNode input,
            Duration window) {
        this(client, zone, locale, correlation, key, place, function, input, window, OnUnknown.LOOKUP, List.of(), true);
    }
}
