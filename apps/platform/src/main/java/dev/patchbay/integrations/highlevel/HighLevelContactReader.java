package dev.patchbay.integrations.highlevel;

import dev.patchbay.effects.spi.CrmPort.Contact;
import dev.patchbay.effects.spi.CrmPort.Dnd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads HighLevel's contact records (HighLevel API 2021-07-28, "Get Contact"). */
final class HighLevelContactReader {

    /** {@code permanent} is what the person chose, {@code active} what somebody in the location chose. */
    private static final Set<String> ACTIVE = Set.of("active", "permanent");

    private HighLevelContactReader() {}

    /** Empty when the record has no id. */
    static Optional<Contact> read(JsonNode contact, boolean created, List<String> notes) {
        return Optional.ofNullable(text(contact, "id"))
                .map(id -> new Contact(
                        id,
                        created,
                        text(contact, "phone"),
                        text(contact, "email"),
                        text(contact, "firstName"),
                        text(contact, "lastName"),
                        text(contact, "source"),
                        tags(contact),
                        dnd(contact),
                        customFields(contact),
                        notes));
    }

    static @Nullable String text(JsonNode node, String name) {
        String text = node.path(name).asString("");
        return text.isBlank() ? null : text;
    }

    static List<String> tags(JsonNode contact) {
        return contact.path("tags").valueStream().map(tag -> tag.asString("")).toList();
    }

    /** {@code dnd} alone stands for all channels. */
    private static Dnd dnd(JsonNode contact) {
        JsonNode settings = contact.path("dndSettings");
        boolean all = contact.path("dnd").asBoolean(false) && settings.isEmpty();
        return new Dnd(
                all || isActive(settings, "SMS"),
                all || isActive(settings, "Call"),
                all || isActive(settings, "Email"),
                all || isActive(settings, "WhatsApp"));
    }

    private static boolean isActive(JsonNode settings, String channel) {
        return ACTIVE.contains(settings.path(channel).path("status").asString(""));
    }

    private static Map<String, JsonNode> customFields(JsonNode contact) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        contact.path("customFields")
                .forEach(field -> values.put(field.path("id").asString(""), field.path("value")));
        return values;
    }
}
