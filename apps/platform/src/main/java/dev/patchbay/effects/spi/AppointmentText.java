package dev.patchbay.effects.spi;

import dev.patchbay.effects.spi.CalendarPort.PersonDetails;
import dev.patchbay.kernel.Messages;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the text of an appointment for the business: the person, the subject, how to reach the person, and where to see the
 * call.
 *
 * @param portal the address of the portal, without a trailing slash
 */
public record AppointmentText(URI portal) {

    private static final PersonDetails NOBODY = new PersonDetails(null, null, null, null);
    private static final String LIVE_CALL = "live:";
    private static final String RUN = "run_";

    /** Returns the title, in one line. */
    public String title(CallContext callContext, @Nullable String title, @Nullable PersonDetails details) {
        PersonDetails person = details == null ? NOBODY : details;
        String about = Optional.ofNullable(title)
                .or(() -> Optional.ofNullable(person.service()))
                .orElseGet(() -> Messages.in(callContext.locale()).text("event.title"));
        String name = person.name();
        return name == null || about.contains(name) ? about : about + ": " + name;
    }

    /**
     * Returns the description, in several lines.
     *
     * @param absent the key of the message for a request without a description
     */
    public String description(
            CallContext callContext, @Nullable String description, @Nullable PersonDetails details, String absent) {
        var messages = Messages.in(callContext.locale());
        PersonDetails person = details == null ? NOBODY : details;
        List<String> lines = new ArrayList<>();
        lines.add(description == null ? messages.text(absent) : description);
        addLine(lines, messages, "event.name", person.name());
        addLine(lines, messages, "event.phone", person.phone());
        addLine(lines, messages, "event.email", person.email());
        addLine(lines, messages, "event.service", person.service());
        link(callContext.origin()).ifPresent(link -> addLine(lines, messages, "event.link", link));
        return String.join("\n", lines);
    }

    private static void addLine(List<String> lines, Messages messages, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            lines.add(messages.text(key, value));
        }
    }

    private Optional<String> link(String origin) {
        if (origin.startsWith(LIVE_CALL)) {
            String call = URLEncoder.encode(origin.substring(LIVE_CALL.length()), StandardCharsets.UTF_8);
            return Optional.of(portal + "/calls/" + call);
        }
        return Optional.of(origin).filter(it -> it.startsWith(RUN)).map(run -> portal + "/runs/" + run);
    }
}
