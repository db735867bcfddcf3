package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class HighLevelNormaliserTests {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final String CONTACT = """
            {"type": "ContactCreate", "locationId": "loc_1", "id": "c_1", "webhookId": "w_1", "timestamp": "2026-11-23T10:00:05Z",
             "firstName": "Ada", "lastName": "Lovelace", "email": "ada@example.com", "phone": "+1 415-555-0123", "dnd": false,
             "tags": ["lead"], "customFields": [{"id": "f", "value": 7}], "dateAdded": "2026-11-23T10:00:00.000Z",
             "assignedTo": "", "source": 7}
            """;
    private static final String APPOINTMENT = """
            {"type": "AppointmentUpdate", "locationId": "loc_1", "webhookId": "w_2", "timestamp": "2026-11-23T11:00:00Z",
             "appointment": {"id": "a_1", "calendarId": "cal_1", "contactId": "c_1", "title": "Checkup", "appointmentStatus": "confirmed",
               "startTime": "2026-12-01T10:00:00-05:00", "endTime": "2026-12-01T10:30:00-05:00",
               "dateAdded": "2026-11-23T10:00:00Z", "dateUpdated": "2026-11-23T10:30:00Z"}}
            """;
    private static final String MESSAGE = """
            {"type": "InboundMessage", "locationId": "loc_1", "messageId": "m_1", "conversationId": "v_1", "contactId": "c_1",
             "body": "Hello", "messageType": "SMS", "contentType": "text/plain", "attachments": [], "direction": "inbound",
             "status": "delivered", "dateAdded": "2026-11-23T10:00:00Z", "webhookId": "w_3"}
            """;
    private static final String OPPORTUNITY = """
            {"type": "OpportunityStageUpdate", "locationId": "loc_1", "id": "o_1", "contactId": "c_1", "monetaryValue": 40.50,
             "status": "open", "pipelineId": "p", "pipelineStageId": "s", "dateAdded": "2026-11-23T10:00:00Z", "webhookId": "w_4",
             "timestamp": "2026-11-24T10:00:00Z"}
            """;

    private final HighLevelNormaliser normaliser = new HighLevelNormaliser();

    private Normalised normalise(String body) {
        return normaliser.normalise(new Delivery("https://us", name -> Optional.empty(), Hashing.utf8(body)));
    }

    private static String with(String body, String member, String json) {
        ObjectNode webhook = (ObjectNode) Json.read(body);
        webhook.set(member, Json.read(json));
        return Json.write(webhook);
    }

    private static Optional<Schema> schema(String name) throws IOException {
        try (InputStream stream =
                HighLevelNormaliserTests.class.getResourceAsStream("/contracts/" + name + ".schema.json")) {
            return Optional.ofNullable(stream).map(it -> SCHEMAS.getSchema(it, InputFormat.JSON));
        }
    }

    private static void assertKeepsContract(Normalised fact) throws IOException {
        assertThat(schema("events/" + fact.type()).orElseThrow().validate(fact.data()))
                .as(fact.type())
                .isEmpty();
    }

    @Test
    void mapsAContact() throws IOException {
        var fact = normalise(CONTACT);
        assertThat(fact.type()).isEqualTo("crm.contact.created");
        assertThat(fact.deduplicationKey()).isEqualTo("w_1");
        assertThat(fact.subject()).isEqualTo("c_1");
        assertThat(fact.time()).contains(Instant.parse("2026-11-23T10:00:00Z"));
        assertThat(fact.routes()).containsExactly(new Route("location", "loc_1"));
        assertThat(fact.person()).contains("+14155550123");
        assertThat(fact.data().at("/contact/phone").asString()).isEqualTo("+14155550123");
        assertThat(fact.data().path("contact").has("assignedUserId")).isFalse();
        assertThat(fact.data().path("contact").has("source")).isFalse();
        assertThat(normalise(with(CONTACT, "tags", "[7]"))
                        .data()
                        .path("contact")
                        .has("tags"))
                .isFalse();
        assertKeepsContract(fact);
        assertThat(normaliser.provider()).isEqualTo("highlevel");
    }

    @Test
    void aPersonIsIdentifiedByNumberThenEmailThenContact() {
        assertThat(normalise(with(CONTACT, "phone", "\"12\"")).person()).contains("ada@example.com");
        String nobody = with(with(CONTACT, "phone", "null"), "email", "\" \"");
        assertThat(normalise(nobody).person()).contains("contact:c_1");
        assertThat(normalise(APPOINTMENT).person()).contains("contact:c_1");
        assertThat(normalise("{\"type\": \"INSTALL\", \"appId\": \"app\"}").person())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ContactUpdate, crm.contact.updated",
        "ContactTagUpdate, crm.contact.updated",
        "ContactDndUpdate, crm.contact.updated",
        "ContactDelete, crm.contact.deleted",
        "OpportunityCreate, crm.opportunity.created",
        "OpportunityUpdate, crm.opportunity.updated",
        "OpportunityStatusUpdate, crm.opportunity.status_changed",
        "OpportunityStageUpdate, crm.opportunity.stage_changed",
        "OpportunityDelete, crm.opportunity.deleted",
        "NoteCreate, crm.note.created",
        "NoteUpdate, crm.note.updated",
        "NoteDelete, crm.note.deleted",
        "TaskCreate, crm.task.created",
        "TaskComplete, crm.task.completed",
        "TaskDelete, crm.task.deleted"
    })
    void everySiblingHasItsType(String event, String type) throws IOException {
        var fact = normalise(with(CONTACT, "type", "\"" + event + "\""));
        assertThat(fact.type()).isEqualTo(type);
        assertKeepsContract(fact);
    }

    @Test
    void aChangeHasTheTimeOfItsWebhook() {
        assertThat(normalise(OPPORTUNITY).time()).contains(Instant.parse("2026-11-24T10:00:00Z"));
        String created = with(with(OPPORTUNITY, "type", "\"OpportunityCreate\""), "dateAdded", "null");
        assertThat(normalise(created).time()).contains(Instant.parse("2026-11-24T10:00:00Z"));
        assertThat(normalise(with(OPPORTUNITY, "timestamp", "\"-999999999-01-01T00:00:00Z\""))
                        .time())
                .isEmpty();
        assertThat(normalise(with(OPPORTUNITY, "timestamp", "\"9999-12-31T00:00:00Z\""))
                        .time())
                .isEmpty();
        assertThat(normalise(OPPORTUNITY).data().at("/opportunity/value").asString())
                .isEqualTo("40.5");
        assertThat(normalise(with(OPPORTUNITY, "monetaryValue", "1e999999999"))
                        .data()
                        .path("opportunity")
                        .has("value"))
                .isFalse();
        assertThat(normalise(with(OPPORTUNITY, "monetaryValue", "\"much\""))
                        .data()
                        .path("opportunity")
                        .has("value"))
                .isFalse();
    }

    @Test
    void appointmentsOfWebhooksAndListsHaveTheSameKeys() throws IOException {
        var updated = normalise(APPOINTMENT);
        assertThat(updated.type()).isEqualTo("crm.appointment.updated");
        assertThat(updated.deduplicationKey()).isEqualTo("appointment.updated:a_1:2026-11-23T10:30:00Z");
        assertThat(updated.time()).contains(Instant.parse("2026-11-23T10:30:00Z"));
        assertThat(updated.data().at("/appointment/startsAt").asString()).isEqualTo("2026-12-01T15:00:00Z");
        assertKeepsContract(updated);
        var created = normalise(with(APPOINTMENT, "type", "\"AppointmentCreate\""));
        assertThat(created.deduplicationKey()).isEqualTo("appointment.created:a_1");
        assertThat(created.time()).contains(Instant.parse("2026-11-23T10:00:00Z"));
        assertKeepsContract(created);
        var deleted = normalise(with(APPOINTMENT, "type", "\"AppointmentDelete\""));
        assertThat(deleted.deduplicationKey()).isEqualTo("appointment.deleted:a_1");
        assertThat(deleted.time()).contains(Instant.parse("2026-11-23T11:00:00Z"));
        assertKeepsContract(deleted);
    }

    @Test
    void aChangeWithoutTimeIsIdentifiedByItsDelivery() {
        var fact = normalise(with(APPOINTMENT, "appointment", "{\"id\": \"a_1\"}"));
        assertThat(fact.deduplicationKey()).isEqualTo("w_2");
        assertThat(fact.person()).isEmpty();
    }

    @Test
    void messagesOfWebhooksAndListsHaveTheSameKeys() throws IOException {
        var received = normalise(MESSAGE);
        assertThat(received.type()).isEqualTo("crm.message.received");
        assertThat(received.deduplicationKey()).isEqualTo("message:m_1");
        assertThat(received.subject()).isEqualTo("m_1");
        assertThat(received.data().at("/message/channel").asString()).isEqualTo("SMS");
        assertThat(received.data().path("message").has("status")).isFalse();
        assertKeepsContract(received);
        var sent = normalise(with(MESSAGE, "type", "\"OutboundMessage\""));
        assertThat(sent.type()).isEqualTo("crm.message.sent");
        assertKeepsContract(sent);
        var listed = (ObjectNode) Json.read(with(MESSAGE, "messageType", "\"TYPE_SMS\""));
        assertThat(HighLevelEventMapper.mapMessage(true, "m_1", "loc_1", listed.remove(List.of("type", "messageId"))))
                .isEqualTo(received);
    }

    @Test
    void theSubjectOfAMessageWithoutIdIsItsConversation() throws IOException {
        var fact = normalise(with(MESSAGE, "messageId", "null"));
        assertThat(fact.subject()).isEqualTo("v_1");
        assertThat(fact.deduplicationKey()).isEqualTo("w_3");
        assertKeepsContract(fact);
    }

    @Test
    void anInstallationMayConcernAWholeAgency() throws IOException {
        var fact = normalise("{\"type\": \"AppInstall\", \"appId\": \"app_1\", \"companyId\": \"co_1\"}");
        assertThat(fact.type()).isEqualTo("app.installed");
        assertThat(fact.subject()).isEqualTo("app_1");
        assertThat(fact.routes()).isEmpty();
        assertKeepsContract(fact);
        assertThat(normalise("{\"type\": \"UNINSTALL\", \"appId\": \"app_1\"}").type())
                .isEqualTo("app.uninstalled");
    }

    @Test
    void anUnknownEventIsKeptWithItsPayload() {
        var fact = normalise("{\"type\": \"InvoicePartiallyPaid\", \"_id\": \"i_1\", \"locationId\": \"loc_1\"}");
        assertThat(fact.type()).isEqualTo("provider.highlevel.invoice_partially_paid");
        assertThat(fact.subject()).isEqualTo("unknown");
        assertThat(fact.deduplicationKey()).startsWith("InvoicePartiallyPaid:").hasSize(21 + 64);
        assertThat(fact.data().at("/payload/_id").asString()).isEqualTo("i_1");
        assertThat(normalise("{\"type\": \"LCEmailStats\", \"id\": \"e_1\"}").subject())
                .isEqualTo("e_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                       | /type",
                "{\"type\": 7}                                              | /type",
                "{\"type\": \"no name\"}                                      | /type",
                "{\"type\": \"ContactCreate\", \"id\": \"c\"}                       | /locationId",
                "{\"type\": \"ContactCreate\", \"locationId\": \"l\"}               | /id",
                "{\"type\": \"INSTALL\"}                                      | /appId",
                "{\"type\": \"InboundMessage\", \"messageId\": \"m\"}             | /locationId",
                "{\"type\": \"InboundMessage\", \"locationId\": \"l\"}            | /conversationId",
                "{\"type\": \"AppointmentCreate\", \"locationId\": \"l\"}         | /appointment/id",
                "{\"type\": \"AppointmentCreate\", \"appointment\": {\"id\":\"a\"}} | /locationId"
            })
    void missingRequiredMembersAreNamed(String body, String pointer) {
        assertThatThrownBy(() -> normalise(body))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.pointer()).isEqualTo(pointer));
    }

    /** Removes and retypes many members at once: the record is read, or the first missing required member is named. */
    @Test
    void missingAndMalformedMembersAreNamedOrLeftOut() throws IOException {
        var random = new Random(11);
        for (String sample : List.of(CONTACT, APPOINTMENT, MESSAGE, OPPORTUNITY)) {
            for (int round = 0; round < 500; round++) {
                JsonNode webhook = Json.read(sample);
                spoil((ObjectNode) webhook, random);
                webhook.path("appointment").asObjectOpt().ifPresent(it -> spoil(it, random));
                try {
                    var fact = normalise(Json.write(webhook));
                    schema("events/" + fact.type())
                            .ifPresent(schema -> assertThat(schema.validate(fact.data()))
                                    .as(Json.write(webhook))
                                    .isEmpty());
                } catch (Unreadable named) {
                    assertThat(named.pointer()).startsWith("/");
                }
            }
        }
    }

    private static void spoil(ObjectNode from, Random random) {
        for (String member : List.copyOf(from.propertyNames())) {
            switch (random.nextInt(8)) {
                case 0 -> from.remove(member);
                case 1 -> from.putNull(member);
                case 2 -> from.put(member, random.nextLong());
                case 3 -> from.putObject(member).put("x", 1);
                default -> {}
            }
        }
    }

    @Test
    void everyPublishedSampleIsMappedAndKeepsItsContract() throws IOException {
        Path folder = Path.of(System.getProperty("user.dir")).resolve("../../../shared/vendors/samples/highlevel");
        assumeTrue(Files.exists(folder), "the vendors' samples are not here");
        Schema webhooks = schema("providers/highlevel/webhook.request").orElseThrow();
        try (Stream<Path> files = Files.list(folder)) {
            var samples =
                    files.filter(it -> !it.toString().endsWith(".schema.json")).toList();
            assertThat(samples).hasSizeGreaterThan(10);
            for (Path sample : samples) {
                String body = Files.readString(sample);
                assertThat(webhooks.validate(Json.read(body)))
                        .as(sample.toString())
                        .isEmpty();
                assertKeepsContract(normalise(body));
            }
        }
    }

    @Test
    void theContractRequiresTheMembersWeRelyOn() throws IOException {
        Schema webhooks = schema("providers/highlevel/webhook.request").orElseThrow();
        for (String sample : List.of(CONTACT, APPOINTMENT, MESSAGE, OPPORTUNITY)) {
            assertThat(webhooks.validate(Json.read(sample))).isEmpty();
        }
        assertThat(webhooks.validate("{\"type\": \"ContactCreate\", \"id\": \"c\"}", InputFormat.JSON))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "7", "null"})
    void anIdThatIsNoTextIsReportedByItsPlace(String id) {
        assertThatThrownBy(
                        () -> normalise("{\"type\": \"ContactCreate\", \"locationId\": \"loc_1\", \"id\": " + id + "}"))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.getMessage()).contains("There is no id."));
    }
}
