package dev.patchbay.ingress.ingestion;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.kernel.Json;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A call that was analysed once more, for example after its agent's questions were changed. It is no duplicate: it is kept as an
 * event of its own type, so that people see it and only flows that ask for it start.
 */
final class Reanalysis {

    private static final String FIRST = "voice.call.analyzed";
    static final String TYPE = "voice.call.reanalyzed";

    private Reanalysis() {}

    /** The fact to store in place of a duplicate; empty when it says the same as the first, or is about something else. */
    static Optional<Normalised> of(Normalised fact, Optional<Event> first) {
        return first.filter(event -> fact.type().equals(FIRST))
                .filter(event -> !analysis(event.data()).equals(analysis(fact.data())))
                .map(event -> new Normalised(
                        TYPE,
                        TYPE + ":" + fact.subject() + ":" + digest(analysis(fact.data())),
                        fact.subject(),
                        fact.time(),
                        fact.routes(),
                        fact.person(),
                        fact.data()));
    }

    /** As it is stored, so that numbers written differently are the same. */
    private static JsonNode analysis(JsonNode data) {
        return Json.read(Json.write(data.at("/call/analysis")));
    }

    private static String digest(JsonNode analysis) {
        return HexFormat.of().formatHex(Json.digest(analysis), 0, 16);
    }
}
