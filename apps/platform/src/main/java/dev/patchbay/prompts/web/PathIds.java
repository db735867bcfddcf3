package dev.patchbay.prompts.web;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.prompts.InstanceId;
import dev.patchbay.prompts.ReleaseId;
import dev.patchbay.prompts.TemplateId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads ids and revisions from requests. A text that cannot be an id names nothing, so it is not found. */
final class PathIds {

    private PathIds() {}

    static TemplateId templateId(@Nullable String text) {
        return parse(text, TemplateId::new, ProblemType.PROMPT_NOT_FOUND, "There is no such template.");
    }

    static InstanceId instanceId(String text) {
        return parse(text, InstanceId::new, ProblemType.PROMPT_NOT_FOUND, "There is no such prompt.");
    }

    static ReleaseId releaseId(String text) {
        return parse(text, ReleaseId::new, ProblemType.PROMPT_NOT_FOUND, "There is no such release.");
    }

    static ClientId clientId(@Nullable String text) {
        return parse(text, ClientId::new, ProblemType.CLIENT_NOT_FOUND, "There is no such client.");
    }

    private static <T> T parse(@Nullable String text, Function<String, T> id, ProblemType notFound, String sentence) {
        try {
            return id.apply(String.valueOf(text));
        } catch (IllegalArgumentException malformed) {
            throw new Problem(notFound, sentence);
        }
    }

    /**
     * The revision of {@code If-Match}, with or without quotes.
     *
     * @throws Problem {@code 400.malformed_request} when the header is missing or no number
     */
    static int revision(@Nullable String ifMatch) {
        String number = String.valueOf(ifMatch).replace("\"", "");
        if (!number.matches("[0-9]{1,9}")) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, "Send If-Match with the revision that was edited, as in its ETag.");
        }
        return Integer.parseInt(number);
    }

    static String etag(int revision) {
        return "\"" + revision + "\"";
    }
}
