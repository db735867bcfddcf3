package dev.patchbay.billing.plans;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.terms.TermsReader;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A plan that is to be created; its terms have been checked. */
public record PlanDraft(String name, VersionDraft version) {

    /**
     * A version that is to be drafted.
     *
     * @param endsOn the day after the last one on which a subscription may begin; null when there is no end
     */
    public record VersionDraft(LocalDate startsOn, @Nullable LocalDate endsOn, JsonNode terms) {}

    /**
     * Reads a plan with its first version.
     *
     * @throws Problem {@code 422.plan_invalid} with a pointer and a sentence for everything that makes no sense
     */
    public static PlanDraft read(JsonNode body, LocalDate today) {
        return JsonInput.read(body, input -> new PlanDraft(input.requireText("name"), readVersion(input, body, today)));
    }

    /**
     * Reads a version of a plan.
     *
     * @throws Problem {@code 422.plan_invalid} with a pointer and a sentence for everything that makes no sense
     */
    public static VersionDraft readVersion(JsonNode body, LocalDate today) {
        return JsonInput.read(body, input -> readVersion(input, body, today));
    }

    private static VersionDraft readVersion(JsonInput input, JsonNode body, LocalDate today) {
        if (input.object("terms", TermsReader::read).isEmpty() && !input.has("terms")) {
            input.reject("terms", "This member is required.");
        }
        LocalDate startsOn = readDate(input, "startsOn").orElse(today);
        Optional<LocalDate> endsOn = readDate(input, "endsOn");
        if (endsOn.isPresent() && !endsOn.get().isAfter(startsOn)) {
            input.reject("endsOn", "This is after startsOn, " + startsOn + ".");
        }
        JsonNode terms = body.path("terms");
        return new VersionDraft(startsOn, endsOn.orElse(null), terms.isObject() ? terms : Json.object());
    }

    private static Optional<LocalDate> readDate(JsonInput input, String member) {
        return input.parsed(member, LocalDate::parse, "This is a date, such as 2027-01-31.");
    }
}
