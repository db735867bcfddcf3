package dev.patchbay.integrations.highlevel;

import static dev.patchbay.integrations.highlevel.HighLevelContactsApi.RESPONSES;

import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.ContactDetails;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.PortResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Finds the custom fields of a location that a flow names by their id, their key ({@code contact.wanted_service}, with or
 * without {@code contact.}) or the name that people see. HighLevel itself ignores a field that it does not know.
 */
record HighLevelCustomFields(HighLevelContactsApi contacts) {

    private static final String KEY_PREFIX = "contact.";
    private static final int MAX_NAMES = 20;

    /** Says that a name identifies no field, or several. */
    static final class UnknownField extends Exception {

        UnknownField(String sentence) {
            super(sentence);
        }
    }

    /** Returns the same details with the fields named by their id; refuses when a field does not exist. */
    PortResult<ContactDetails> resolve(CallContext callContext, ContactDetails details) {
        if (!hasFields(details)) {
            return new PortResult.Succeeded<>(details, "");
        }
        return RESPONSES.readResult(contacts.listCustomFields(callContext), "to list the custom fields", body -> {
            try {
                return Optional.of(new PortResult.Succeeded<>(byId(details, definitions(body)), ""));
            } catch (UnknownField unknown) {
                return Optional.of(
                        new PortResult.Rejected<>(FailureReason.BAD_INPUT, String.valueOf(unknown.getMessage())));
            }
        });
    }

    static boolean hasFields(ContactDetails details) {
        var fields = details.customFields();
        return fields != null && !fields.isEmpty();
    }

    private static List<JsonNode> definitions(JsonNode body) {
        return body.path("customFields").valueStream().toList();
    }

    private static ContactDetails byId(ContactDetails details, List<JsonNode> definitions) throws UnknownField {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        for (var field :
                Optional.ofNullable(details.customFields()).orElse(Map.of()).entrySet()) {
            fields.put(findId(field.getKey(), definitions), field.getValue());
        }
        return new ContactDetails(
                details.phone(),
                details.email(),
                details.firstName(),
                details.lastName(),
                details.source(),
                details.tags(),
                fields,
                details.dnd(),
                details.overwrite());
    }

    private static String findId(String name, List<JsonNode> definitions) throws UnknownField {
        List<String> ids = definitions.stream()
                .filter(field -> isNamed(field, name))
                .map(field -> text(field, "id"))
                .distinct()
                .toList();
        if (ids.size() > 1) {
            throw new UnknownField("HighLevel has several custom fields “" + name
                    + "” for contacts; name the one that is meant by its key.");
        }
        if (ids.isEmpty()) {
            throw new UnknownField(
                    "HighLevel has no custom field “" + name + "” for contacts. " + listKeys(definitions));
        }
        return ids.getFirst();
    }

    private static boolean isNamed(JsonNode field, String name) {
        String key = text(field, "fieldKey");
        return text(field, "id").equals(name)
                || key.equalsIgnoreCase(name)
                || key.equalsIgnoreCase(KEY_PREFIX + name)
                || text(field, "name").strip().equalsIgnoreCase(name.strip());
    }

    private static String listKeys(List<JsonNode> definitions) {
        return definitions.isEmpty()
                ? "The location has none."
                : definitions.stream()
                        .limit(MAX_NAMES)
                        .map(field -> text(field, "fieldKey").replaceFirst("^contact\\.", ""))
                        .collect(Collectors.joining(", ", "It has: ", definitions.size() > MAX_NAMES ? ", …" : "."));
    }

    private static String text(JsonNode field, String member) {
        return field.path(member).asString("");
    }
}
