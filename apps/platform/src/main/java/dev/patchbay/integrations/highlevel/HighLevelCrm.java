package dev.patchbay.integrations.highlevel;

import static dev.patchbay.integrations.highlevel.HighLevelContactsApi.RESPONSES;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds and upserts contacts in a HighLevel location (HighLevel API 2021-07-28, "Contacts"). */
@Component
class HighLevelCrm implements CrmPort {

    /** Added to every contact that we write, so that people can filter by it. */
    private static final String TAG = "patchbay";

    private static final Map<String, Idempotency> IDEMPOTENCY = Map.of(
            "crm.upsertContact",
            Idempotency.naturalKey(
                    Idempotency.Settle.USUAL,
                    "An upsert of the same person with the same details changes nothing; the look-up searches by phone, then"
                            + " by e-mail, for a contact that has the details."));

    /** Upper bound of the requests that one call sends; an upsert searches by phone and by e-mail first. */
    private static final Map<String, Integer> MAX_REQUESTS =
            Map.of("crm.upsertContact", 3, "crm.findContact", 2, "crm.getContact", 1);

    private final HighLevelContactsApi contacts;

    HighLevelCrm(OutgoingHttp http) {
        this.contacts = new HighLevelContactsApi(http);
    }

    @Override
    public String provider() {
        return "highlevel";
    }

    @Override
    public Map<String, Idempotency> idempotency() {
        return IDEMPOTENCY;
    }

    /** The requests that HighLevel allows per app and location ("Rate Limits"), unless the connection's settings differ. */
    @Override
    public List<Quota> quotas(String function, Account account, JsonNode binding) {
        int cost = MAX_REQUESTS.getOrDefault(function, 1);
        JsonNode settings = account.settings();
        return List.of(
                new Quota("burst", settings.path("requestsPer10Seconds").asInt(100), Duration.ofSeconds(10), cost),
                new Quota("day", settings.path("requestsPerDay").asInt(200_000), Duration.ofDays(1), cost));
    }

    /**
     * Upserts a contact. An upsert replaces all tags of an existing contact ("Upsert Contact"), so its tags are read first and
     * sent along.
     */
    @Override
    public PortResult<Contact> upsertContact(CallContext callContext, ContactDetails details) {
        HttpOutcome existing = contacts.search(callContext, details);
        if (!HighLevelContactsApi.isSuccess(existing)) {
            return RESPONSES.readResult(existing, "to search for the contact", unread -> Optional.empty());
        }
        HttpOutcome outcome = contacts.upsert(
                callContext, upsertBody(callContext, details, HighLevelContactsApi.findMatches(existing, details)));
        return RESPONSES.effectResult(
                outcome,
                "the contact",
                body -> HighLevelContactsApi.readContact(body.path("contact"))
                        .map(it -> succeed(it, body.path("new").asBoolean(false))));
    }

    /** A contact without these details proves no upsert; repeating the upsert is harmless. */
    @Override
    public LookupResult<Contact> findContact(CallContext callContext, ContactDetails details) {
        return RESPONSES.lookupResult(contacts.search(callContext, details), "to search for the contact", body -> {
            List<Contact> found = HighLevelContactsApi.findMatches(body, details).stream()
                    .filter(it -> hasDetails(it, details))
                    .flatMap(it -> HighLevelContactsApi.readContact(it).stream())
                    .toList();
            return Optional.of(
                    found.isEmpty()
                            ? new LookupResult.Absent<>()
                            : new LookupResult.Found<>(
                                    found.getFirst(),
                                    found.stream().map(Contact::id).toList()));
        });
    }

    private static boolean hasDetails(JsonNode contact, ContactDetails details) {
        return hasValue(contact, "phone", details.phone())
                && hasValue(contact, "email", details.email())
                && hasValue(contact, "firstName", details.firstName())
                && hasValue(contact, "lastName", details.lastName())
                && tags(details)
                        .allMatch(value -> contact.path("tags")
                                .valueStream()
                                .anyMatch(tag -> tag.asString("").equalsIgnoreCase(value)));
    }

    private static boolean hasValue(JsonNode contact, String name, @Nullable String value) {
        return value == null || value.equalsIgnoreCase(contact.path(name).asString(""));
    }

    private static Stream<String> tags(ContactDetails details) {
        return Stream.concat(Objects.requireNonNullElse(details.tags(), List.<String>of()).stream(), Stream.of(TAG));
    }

    @Override
    public PortResult<Contacts> searchContacts(CallContext callContext, ContactDetails details) {
        return RESPONSES.readResult(contacts.search(callContext, details), "to search for the contact", body -> {
            List<Contact> found = HighLevelContactsApi.findMatches(body, details).stream()
                    .flatMap(it -> HighLevelContactsApi.readContact(it).stream())
                    .limit(1)
                    .toList();
            return Optional.of(new PortResult.Succeeded<>(
                    new Contacts(found), found.isEmpty() ? "" : found.getFirst().id()));
        });
    }

    @Override
    public PortResult<Contact> getContact(CallContext callContext, ContactId contact) {
        return RESPONSES.readResult(
                contacts.get(callContext, contact.id()),
                "to show the contact " + contact.id(),
                body -> HighLevelContactsApi.readContact(body.path("contact")).map(it -> succeed(it, false)));
    }

    private static ObjectNode upsertBody(CallContext callContext, ContactDetails details, List<JsonNode> existing) {
        ObjectNode body = Json.object();
        body.put("locationId", HighLevelContactsApi.locationId(callContext));
        put(body, "phone", details.phone());
        put(body, "email", details.email());
        put(body, "firstName", details.firstName());
        put(body, "lastName", details.lastName());
        body.put("source", Objects.requireNonNullElse(details.source(), "Patchbay"));
        Set<String> tags = new LinkedHashSet<>();
        existing.forEach(it -> it.path("tags").forEach(tag -> tags.add(tag.asString())));
        tags(details).forEach(tags::add);
        tags.forEach(body.putArray("tags")::add);
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static PortResult<Contact> succeed(Contact contact, boolean created) {
        return new PortResult.Succeeded<>(
                new Contact(
                        contact.id(),
                        created,
                        contact.phone(),
                        contact.email(),
                        contact.firstName(),
                        contact.lastName()),
                contact.id());
    }
}
