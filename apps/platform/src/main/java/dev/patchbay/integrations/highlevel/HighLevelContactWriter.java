package dev.patchbay.integrations.highlevel;

import static dev.patchbay.integrations.highlevel.HighLevelContactsApi.RESPONSES;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.Contact;
import dev.patchbay.effects.spi.CrmPort.ContactDetails;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a contact without harm. HighLevel's own upsert replaces tags and source, and matches by whatever the location prefers, so
 * it is not used: the contact is searched by phone and by e-mail, created when there is none, else changed by its id.
 */
record HighLevelContactWriter(HighLevelContactsApi contacts) {

    PortResult<Contact> write(CallContext callContext, ContactDetails details) {
        HttpOutcome byPhone = contacts.searchByPhone(callContext, details);
        if (!HighLevelContactsApi.isSuccess(byPhone)) {
            return notFound(byPhone);
        }
        HttpOutcome byEmail = contacts.searchByEmail(callContext, details);
        if (!HighLevelContactsApi.isSuccess(byEmail)) {
            return notFound(byEmail);
        }
        List<JsonNode> found = Stream.of(byPhone, byEmail)
                .flatMap(outcome -> HighLevelContactsApi.findMatches(outcome, details).stream())
                .toList();
        return found.isEmpty() ? create(callContext, details) : change(callContext, details, found);
    }

    private static PortResult<Contact> notFound(HttpOutcome outcome) {
        return RESPONSES.readResult(outcome, "to search for the contact", unread -> Optional.empty());
    }

    private PortResult<Contact> create(CallContext callContext, ContactDetails details) {
        var changes = new HighLevelContactChanges(details);
        HttpOutcome outcome =
                contacts.create(callContext, changes.creation(HighLevelContactsApi.locationId(callContext)));
        Optional<String> duplicateOf = duplicateOf(outcome);
        if (duplicateOf.isPresent()) {
            return changeDuplicate(callContext, details, duplicateOf.get());
        }
        return RESPONSES.effectResult(
                outcome,
                "the contact",
                body -> succeed(body.path("contact"), true, differences(details, body.path("contact"))));
    }

    /** HighLevel knows the person by something that no search shows, such as a second e-mail address. */
    private PortResult<Contact> changeDuplicate(CallContext callContext, ContactDetails details, String contactId) {
        PortResult<JsonNode> read = RESPONSES.readResult(
                contacts.get(callContext, contactId),
                "to show the contact " + contactId,
                body -> Optional.of(new PortResult.Succeeded<>(body.path("contact"), contactId)));
        return read.then(contact -> change(callContext, details, List.of(contact)));
    }

    private static Optional<String> duplicateOf(HttpOutcome outcome) {
        return outcome instanceof Responded responded && responded.status() == 400
                ? Optional.ofNullable(responded.body().at("/meta/contactId").asString(null))
                : Optional.empty();
    }

    /** @param found the contact with the phone number first; a second one stays as it is */
    private PortResult<Contact> change(CallContext callContext, ContactDetails details, List<JsonNode> found) {
        JsonNode contact = found.getFirst();
        String id = contact.path("id").asString("");
        List<JsonNode> others = found.stream()
                .filter(other -> !other.path("id").equals(contact.path("id")))
                .toList();
        var changes = new HighLevelContactChanges(details);
        ObjectNode body = changes.changes(contact, foreignMembers(details, others));
        List<String> tags = changes.missingTags(contact);
        PortResult<JsonNode> updated = body.isEmpty()
                ? new PortResult.Succeeded<>(contact, id)
                : RESPONSES.effectResult(
                        contacts.update(callContext, id, body),
                        "the contact",
                        answer -> Optional.of(new PortResult.Succeeded<>(merged(contact, body, answer), id)));
        return updated.then(record -> addTags(callContext, id, record, tags))
                .then(record -> succeed(record, false, notes(details, record, others))
                        .orElseGet(() -> new PortResult.Unknown<>("HighLevel's contact has no id.")));
    }

    /** HighLevel answers an update with the contact; a location on an old version answers without it. */
    private static JsonNode merged(JsonNode before, ObjectNode changes, JsonNode answer) {
        if (answer.path("contact").has("id")) {
            return answer.path("contact");
        }
        ObjectNode merged = ((ObjectNode) before).deepCopy();
        changes.properties().stream()
                .filter(member -> member.getValue().isString())
                .forEach(member -> merged.set(member.getKey(), member.getValue()));
        return merged;
    }

    private PortResult<JsonNode> addTags(CallContext callContext, String id, JsonNode contact, List<String> tags) {
        if (tags.isEmpty()) {
            return new PortResult.Succeeded<>(contact, id);
        }
        ObjectNode body = Json.object();
        tags.forEach(body.putArray("tags")::add);
        return RESPONSES.effectResult(contacts.addTags(callContext, id, body), "the contact's tags", answer -> {
            ObjectNode tagged = ((ObjectNode) contact).deepCopy();
            var all = tagged.putArray("tags");
            Stream.concat(HighLevelContactReader.tags(contact).stream(), tags.stream())
                    .distinct()
                    .forEach(all::add);
            return Optional.of(new PortResult.Succeeded<>(tagged, id));
        });
    }

    /** The members that another contact has: HighLevel would merge the two, or refuse. */
    private static List<String> foreignMembers(ContactDetails details, List<JsonNode> others) {
        List<String> members = new ArrayList<>();
        if (others.stream().anyMatch(other -> isSame(other, "email", details.email()))) {
            members.add("email");
        }
        if (others.stream().anyMatch(other -> isSame(other, "phone", details.phone()))) {
            members.add("phone");
        }
        return members;
    }

    private static boolean isSame(JsonNode contact, String member, @Nullable String value) {
        return value != null && value.equalsIgnoreCase(contact.path(member).asString(""));
    }

    private static List<String> notes(ContactDetails details, JsonNode contact, List<JsonNode> others) {
        return Stream.concat(
                        differences(details, contact).stream(),
                        others.stream()
                                .map(other -> other.path("id").asString(""))
                                .distinct()
                                .map(id -> "The e-mail address belongs to another contact, " + id
                                        + ", which was left as it is."))
                .toList();
    }

    private static List<String> differences(ContactDetails details, JsonNode contact) {
        return new HighLevelContactChanges(details)
                .kept(contact)
                .map(member -> "The contact keeps its own " + NAMES.getOrDefault(member, member) + ".")
                .toList();
    }

    private static final Map<String, String> NAMES = Map.of(
            "phone", "phone number", "email", "e-mail address", "firstName", "first name", "lastName", "last name");

    private static Optional<PortResult<Contact>> succeed(JsonNode contact, boolean created, List<String> notes) {
        return HighLevelContactReader.read(contact, created, notes)
                .map(read -> new PortResult.Succeeded<>(read, Objects.requireNonNull(read.id())));
    }
}
