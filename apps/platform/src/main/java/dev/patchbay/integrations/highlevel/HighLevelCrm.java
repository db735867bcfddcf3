package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Answered;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CrmPort;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.ProviderAnswers;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps contacts in a HighLevel location (API version 2021-07-28). */
@Component
class HighLevelCrm implements CrmPort {

    /** On every contact we touch, so that people can find them. */
    private static final String TAG = "patchbay";

    private static final ProviderAnswers ANSWERS = new ProviderAnswers("HighLevel", HighLevelCrm::words);

    private static final HttpOutcome NOBODY =
            new Answered(200, Json.object().set("contacts", Json.MAPPER.createArrayNode()), Optional.empty());

    private final OutgoingHttp http;

    HighLevelCrm(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public String provider() {
        return "highlevel";
    }

    /**
     * An upsert replaces all tags of a contact that exists (HighLevel, "Upsert Contact"), so those it has are read
     * first and sent along.
     */
    @Override
    public Answer<Contact> upsertContact(Act act, ContactDetails details) {
        HttpOutcome known = search(act, details);
        if (!isSuccess(known)) {
            return ANSWERS.read(known, "the search for the contact", unread -> Optional.empty());
        }
        HttpOutcome outcome =
                post(act, "contacts.upsert", "/contacts/upsert", upsert(act, details, matches(known, details)));
        return ANSWERS.act(
                outcome,
                "the contact",
                body -> contact(body.path("contact"))
                        .map(it -> done(it, body.path("new").asBoolean(false))));
    }

    @Override
    public LookUp<Contact> findContact(Act act, ContactDetails details) {
        return ANSWERS.lookUp(search(act, details), "the search for the contact", body -> {
            List<Contact> found = matches(body, details).stream()
                    .flatMap(it -> contact(it).stream())
                    .toList();
            return Optional.of(
                    found.isEmpty()
                            ? new LookUp.Absent<>()
                            : new LookUp.Found<>(
                                    found.getFirst(),
                                    found.stream().map(Contact::id).toList()));
        });
    }

    @Override
    public Answer<Contact> getContact(Act act, ContactId contact) {
        String id = URLEncoder.encode(contact.id(), StandardCharsets.UTF_8);
        HttpOutcome outcome = send(act, HttpCall.get("highlevel/contacts.get", at(act, "/contacts/" + id)));
        return ANSWERS.read(
                outcome,
                "to show the contact",
                body -> contact(body.path("contact")).map(it -> done(it, false)));
    }

    private static ObjectNode upsert(Act act, ContactDetails details, List<JsonNode> known) {
        ObjectNode body = Json.object();
        body.put("locationId", location(act));
        put(body, "phone", details.phone());
        put(body, "email", details.email());
        put(body, "firstName", details.firstName());
        put(body, "lastName", details.lastName());
        body.put("source", Objects.requireNonNullElse(details.source(), "Patchbay"));
        Set<String> tags = new LinkedHashSet<>();
        known.forEach(it -> it.path("tags").forEach(tag -> tags.add(tag.asString())));
        tags.addAll(Objects.requireNonNullElse(details.tags(), List.of()));
        tags.add(TAG);
        tags.forEach(body.putArray("tags")::add);
        return body;
    }

    /** By phone first, then by e-mail: the order in which a location looks for duplicates. */
    private HttpOutcome search(Act act, ContactDetails details) {
        HttpOutcome byPhone = search(act, "phone", details.phone());
        return isSuccess(byPhone) && matches(byPhone, details).isEmpty()
                ? search(act, "email", details.email())
                : byPhone;
    }

    private HttpOutcome search(Act act, String field, @Nullable String value) {
        if (value == null) {
            return NOBODY;
        }
        ObjectNode body = Json.object();
        body.put("locationId", location(act)).put("page", 1).put("pageLimit", 20);
        body.putArray("filters")
                .addObject()
                .put("field", field)
                .put("operator", "eq")
                .put("value", value);
        return post(act, "contacts.search", "/contacts/search", body);
    }

    private static boolean isSuccess(HttpOutcome outcome) {
        return outcome instanceof Answered answered && answered.isSuccess();
    }

    /** A search may match loosely; only the same phone or e-mail is the same person. */
    private static List<JsonNode> matches(HttpOutcome found, ContactDetails details) {
        return found instanceof Answered answered ? matches(answered.body(), details) : List.of();
    }

    private static List<JsonNode> matches(JsonNode body, ContactDetails details) {
        return body.path("contacts")
                .valueStream()
                .filter(it -> it.path("phone").asString("").equals(details.phone())
                        || it.path("email").asString("").equalsIgnoreCase(details.email()))
                .toList();
    }

    private HttpOutcome post(Act act, String operation, String path, JsonNode body) {
        return send(act, HttpCall.json("highlevel/" + operation, "POST", at(act, path), body));
    }

    private HttpOutcome send(Act act, HttpCall call) {
        return http.send(
                call.with("Authorization", "Bearer " + act.account().secret("access_token"))
                        .with("Version", "2021-07-28"),
                act.window(),
                act.journal());
    }

    private static URI at(Act act, String path) {
        return URI.create(act.account().baseUrl() + path);
    }

    private static String location(Act act) {
        return act.account().settings().path("locationId").asString("");
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static Answer<Contact> done(Contact contact, boolean created) {
        return new Answer.Done<>(
                new Contact(
                        contact.id(),
                        created,
                        contact.phone(),
                        contact.email(),
                        contact.firstName(),
                        contact.lastName()),
                contact.id());
    }

    private static Optional<Contact> contact(JsonNode contact) {
        return text(contact, "id")
                .map(id -> new Contact(
                        id,
                        false,
                        text(contact, "phone").orElse(null),
                        text(contact, "email").orElse(null),
                        text(contact, "firstName").orElse(null),
                        text(contact, "lastName").orElse(null)));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).asString(null)).filter(it -> !it.isBlank());
    }

    /** HighLevel says {@code message} as a text or as a list of texts. */
    private static String words(JsonNode body) {
        JsonNode message = body.path("message");
        return message.isArray() ? message.path(0).asString("") : message.asString("");
    }
}
