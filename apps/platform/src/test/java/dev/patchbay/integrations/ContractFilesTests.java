package dev.patchbay.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ContractFilesTests {

    private static final Pattern OPERATION =
            Pattern.compile("\"((?:highlevel|google|twilio|retell)/[a-zA-Z]+\\.[a-zA-Z]+)\"");

    private static Schema schema(String name) throws IOException {
        try (InputStream stream = ContractFilesTests.class.getResourceAsStream("/contracts/" + name + ".schema.json")) {
            assertThat(stream).as(name).isNotNull();
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(stream, InputFormat.JSON);
        }
    }

    @Test
    void everyOperationThatAnAdapterSendsHasItsContract() throws IOException {
        var operations = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/patchbay/integrations"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).collect(Collectors.toList())) {
                OPERATION
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(it -> operations.add(it.group().replace("\"", "")));
            }
        }
        List.of("search", "create", "tags").forEach(name -> operations.add("highlevel/contacts." + name));
        List.of("notes.create", "opportunities.create").forEach(name -> operations.add("highlevel/" + name));
        assertThat(operations).hasSizeGreaterThanOrEqualTo(11);
        for (String operation : operations) {
            schema("providers/" + operation + ".response");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crm.upsertContact",
                "crm.findContact",
                "crm.getContact",
                "crm.addNote",
                "crm.upsertOpportunity",
                "calendar.findSlots",
                "calendar.book",
                "calendar.hold",
                "calendar.cancel",
                "messaging.sendSms",
                "messaging.sendMms",
                "messaging.checkNumber"
            })
    void everyFunctionHasItsSchemas(String function) throws IOException {
        assertThat(schema("ports/" + function + ".input").validate("{\"surplus\":1}", InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema("ports/" + function + ".output").validate("{}", InputFormat.JSON))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crm.upsertContact  | {'phone':'+14155550123'}                              | true",
                "crm.upsertContact  | {'email':'a@b.c','phone':null}                        | true",
                "crm.upsertContact  | {'phone':'415 555'}                                   | false",
                "crm.upsertContact  | {'firstName':'Ada'}                                   | false",
                "crm.upsertContact  | {'phone':null,'email':null}                           | false",
                "calendar.book      | {'contact':'c','start':'2026-11-24T10:30:00-05:00','minutes':30}   | true",
                "calendar.book      | {'contact':'c','start':'2026-11-24T10:30:00','minutes':30}         | false",
                "calendar.book      | {'contact':'c','start':'2026-11-24T10:30:00Z','minutes':0}         | false",
                "calendar.book      | {'contact':'c','start':'2026-11-24T10:30:00Z','minutes':1441}      | false",
                "messaging.sendSms  | {'to':'+14155550123','text':'hi'}                     | true",
                "messaging.sendSms  | {'to':'+14155550123','text':''}                       | false"
            })
    void inputsAreHeldToTheirSchemas(String function, String input, boolean valid) throws IOException {
        assertThat(schema("ports/" + function + ".input")
                        .validate(input.replace('\'', '"'), InputFormat.JSON)
                        .isEmpty())
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"retell", "twilio", "stripe"})
    void everySampleOfAWebhookKeepsItsContract(String provider) throws IOException {
        Schema contract = schema("providers/" + provider + "/webhook.request");
        assertThat(Samples.ours(provider)).hasSizeGreaterThan(10);
        for (Samples.Sample sample : Samples.ours(provider)) {
            JsonNode body = sample.name().endsWith(".form") ? form(sample) : Json.read(sample.body());
            assertThat(contract.validate(body)).as(sample.name()).isEmpty();
        }
    }

    private static JsonNode form(Samples.Sample sample) {
        var form = Json.object();
        for (String pair : new String(sample.body(), StandardCharsets.UTF_8).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    @Test
    void theEnvelopeIsCloudEventsWithOurAttributes() throws IOException {
        String event =
                "{'specversion':'1.0','id':'evt_1','source':'/connections/con_1','type':'voice.call.ended','subject':'c',"
                        + "'time':'2026-11-23T10:00:00Z','datacontenttype':'application/json','tenantid':'ten_1',"
                        + "'clientid':'cli_1','correlationid':'cor_1','data':{}}";
        Schema envelope = schema("events/envelope");
        assertThat(envelope.validate(event.replace('\'', '"'), InputFormat.JSON))
                .isEmpty();
        assertThat(envelope.validate(event.replace("'tenantid':'ten_1',", "").replace('\'', '"'), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema("providers/retell/webhook.request")
                        .validate("{\"event\":\"call_ended\",\"call\":{}}", InputFormat.JSON))
                .isNotEmpty();
    }
}
