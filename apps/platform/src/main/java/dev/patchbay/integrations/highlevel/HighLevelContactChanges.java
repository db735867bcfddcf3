package dev.patchbay.integrations.highlevel;

import dev.patchbay.effects.spi.CrmPort.ContactDetails;
import dev.patchbay.effects.spi.CrmPort.DndChange;
import dev.patchbay.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides which details of a flow are written. A new contact gets everything; an existing one gets the details that it lacks,
 * unless the flow says {@code overwrite}. Custom fields are named by their id ({@link HighLevelCustomFields}). Another endpoint
 * writes tags, and adds them.
 */
record HighLevelContactChanges(ContactDetails details) {

    /** Every contact that we write gets this tag, so that people can filter by it. */
    private static final String TAG = "patchbay";

    /** A contact has this source when the flow names none. */
    private static final String SOURCE = "Patchbay";

    /** Returns the body that creates the contact, with its tags and source. */
    ObjectNode creation(String locationId) {
        ObjectNode body = Json.object().put("locationId", locationId);
        identity().forEach((name, value) -> put(body, name, value));
        body.put("source", Objects.requireNonNullElse(details.source(), SOURCE));
        tags().forEach(body.putArray("tags")::add);
        putExtras(body);
        return body;
    }

    private Map<String, Optional<String>> identity() {
        return Map.of(
                "phone", Optional.ofNullable(details.phone()),
                "email", Optional.ofNullable(details.email()),
                "firstName", Optional.ofNullable(details.firstName()),
                "lastName", Optional.ofNullable(details.lastName()));
    }

    private static void put(ObjectNode body, String name, Optional<String> value) {
        value.ifPresent(present -> body.put(name, present));
    }

    Stream<String> tags() {
        return Stream.concat(Objects.requireNonNullElse(details.tags(), List.<String>of()).stream(), Stream.of(TAG))
                .distinct();
    }

    /** Returns the tags that the contact lacks. */
    List<String> missingTags(JsonNode contact) {
        List<String> present = HighLevelContactReader.tags(contact);
        return tags().filter(tag -> present.stream().noneMatch(tag::equalsIgnoreCase))
                .toList();
    }

    /**
     * Returns the members to change; empty when the contact has all of them.
     *
     * @param foreignMembers members that another contact has, which stay there
     */
    ObjectNode changes(JsonNode contact, List<String> foreignMembers) {
        ObjectNode body = Json.object();
        Stream.concat(
                        identity().entrySet().stream(),
                        Stream.of(Map.entry("source", Optional.ofNullable(details.source()))))
                .filter(member -> !foreignMembers.contains(member.getKey()))
                .forEach(member -> member.getValue()
                        .filter(value -> isWritten(contact, member.getKey(), value))
                        .ifPresent(value -> body.put(member.getKey(), value)));
        if (lacksExtras(contact)) {
            putExtras(body);
        }
        return body;
    }

    private boolean isWritten(JsonNode contact, String name, String value) {
        String present = HighLevelContactReader.text(contact, name);
        return present == null || (details.overwrites() && !present.equals(value));
    }

    /** Says whether a contact has everything that an upsert would have written. */
    boolean isContainedIn(JsonNode contact) {
        return changes(contact, List.of()).isEmpty() && missingTags(contact).isEmpty();
    }

    /** Returns the members that the contact keeps although the flow gave other values. */
    Stream<String> kept(JsonNode contact) {
        return identity().entrySet().stream()
                .filter(member -> member.getValue().isPresent())
                .filter(member -> {
                    String present = HighLevelContactReader.text(contact, member.getKey());
                    return present != null
                            && !present.equalsIgnoreCase(member.getValue().get());
                })
                .map(Map.Entry::getKey)
                .sorted();
    }

    private boolean lacksExtras(JsonNode contact) {
        ObjectNode extras = Json.object();
        putExtras(extras);
        boolean fields = extras.path("customFields")
                .valueStream()
                .anyMatch(field -> contact.path("customFields")
                        .valueStream()
                        .noneMatch(present -> present.path("id").equals(field.path("id"))
                                && present.path("value").equals(field.path("field_value"))));
        boolean dnd = extras.path("dndSettings").properties().stream()
                .anyMatch(channel -> !contact.path("dndSettings")
                        .path(channel.getKey())
                        .path("status")
                        .equals(channel.getValue().path("status")));
        return fields || dnd;
    }

    private void putExtras(ObjectNode body) {
        Map<String, JsonNode> fields = Objects.requireNonNullElse(details.customFields(), Map.of());
        if (!fields.isEmpty()) {
            var list = body.putArray("customFields");
            fields.forEach((id, value) -> list.addObject().put("id", id).set("field_value", value));
        }
        DndChange dnd = details.dnd();
        if (dnd != null) {
            ObjectNode settings = body.putObject("dndSettings");
            putDnd(settings, "SMS", dnd.sms());
            putDnd(settings, "Call", dnd.call());
            putDnd(settings, "Email", dnd.email());
            putDnd(settings, "WhatsApp", dnd.whatsApp());
        }
    }

    private static void putDnd(ObjectNode settings, String channel, @Nullable Boolean active) {
        if (active != null) {
            settings.putObject(channel).put("status", active ? "active" : "inactive");
        }
    }
}
