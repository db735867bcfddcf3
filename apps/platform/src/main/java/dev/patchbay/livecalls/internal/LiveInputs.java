package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.InputReader;
import dev.patchbay.effects.Locality;
import dev.patchbay.effects.OwnNumbers;
import java.time.Clock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads an agent's arguments as flows read their inputs: numbers in the client's country, spoken e-mail addresses. */
@Component
class LiveInputs {

    private final InputReader reader;
    private final OwnNumbers ownNumbers;
    private final Clock clock;

    LiveInputs(InputReader reader, OwnNumbers ownNumbers, Clock clock) {
        this.reader = reader;
        this.ownNumbers = ownNumbers;
        this.clock = clock;
    }

    JsonNode read(LiveRequest request, String function, JsonNode input) {
        var client = request.client();
        var tenant = request.invocation().tenant();
        var locality = new Locality(
                client.zone(),
                client.locale(),
                client.country(),
                clock.instant(),
                number -> ownNumbers.contain(tenant, client.id(), number));
        return reader.read(function, input, locality).input();
    }
}
