package dev.patchbay.flows.web;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.RunId;
import java.util.function.Function;

/** Reads ids from requests. A text that cannot be an id names nothing, so it is not found. */
final class PathIds {

    private PathIds() {}

    /** @throws Problem {@code 404.run_not_found} */
    static RunId runId(String text) {
        return parse(text, RunId::new, ProblemType.RUN_NOT_FOUND, "There is no such run.");
    }

    /** @throws Problem {@code 404.flow_not_found} */
    static FlowId flowId(String text) {
        return parse(text, FlowId::new, ProblemType.FLOW_NOT_FOUND, "There is no such flow.");
    }

    /** @throws Problem {@code 404.client_not_found} */
    static ClientId clientId(String text) {
        return parse(text, ClientId::new, ProblemType.CLIENT_NOT_FOUND, "There is no such client.");
    }

    /** @throws Problem {@code 404.event_not_found} */
    static EventId eventId(String text) {
        return parse(text, EventId::new, ProblemType.EVENT_NOT_FOUND, "There is no such event.");
    }

    private static <T> T parse(String text, Function<String, T> id, ProblemType notFound, String sentence) {
        try {
            return id.apply(text);
        } catch (IllegalArgumentException malformed) {
            throw new Problem(notFound, sentence);
        }
    }
}
