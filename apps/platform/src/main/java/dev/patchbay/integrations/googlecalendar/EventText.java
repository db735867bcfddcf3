package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.effects.spi.CalendarPort.PersonDetails;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.kernel.Messages;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text of an event for the business: who comes, about what, how to reach them, and where to see the call.
 *
 * @param portal the address of the portal, without a trailing slash
 */
record EventText(URI portal) {

    private static final PersonDetails NOBODY = new PersonDetails(null, null, null, null);
    private static final String LIVE_CALL = "live:";
    private static final String RUN = "run_";

    /** @param defaultKey of the description where the request has none */
    void describe(
            ObjectNode event,
            CallContext callContext,
            @Nullable String title,
            @Nullable String description,
            @Nullable PersonDetails details,
            String defaultKey) {
        var messages = Messages.in(callContext.locale());
        PersonDetails person = details == null ? NOBODY : details;
        event.put("summary", summary(messages, title, person));
        List<String> lines = new ArrayList<>();
        lines.add(description == null ? messages.text(defaultKey) : description);
        addLine(lines, messages, "event.name", person.name());
        addLine(lines, messages, "event.phone", person.phone());
        addLine(lines, messages, "event.email", person.email());
        addLine(lines, messages, "event.service", person.service());
        link(callContext.origin()).ifPresent(link -> addLine(lines, messages, "event.link", link));
        event.put("description", String.join("\n", lines));
    }

    private static String summary(Messages messages, @Nullable String title, PersonDetails person) {
        String about = Optional.ofNullable(title)
                .or(() -> Optional.ofNullable(person.service()))
                .orElseGet(() -> messages.text("event.title"));
        String name = person.name();
        return name == null || about.contains(name) ? about : about + ": " + name;
    }

    private static void addLine(List<String> lines, Messages messages, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            lines.add(messages.text(key, value));
        }
    }

    private Optional<String> link(String origin) {
        if (origin.startsWith(LIVE_CALL)) {
            return Optional.of(portal + "/calls/" + GoogleApi.encode(origin.substring(LIVE_CALL.length())));
        }
        return Optional.of(origin).filter(it -> it.startsWith(RUN)).map(run -> portal + "/runs/" + run);
    }
}
