package dev.patchbay.insights.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.insights.Subject;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Phone numbers are read as people write them in the countries of the clients. */
@PatchbayTest
class SearchKeyExtractorTests {

    private static final TenantId BERLIN = new TenantId("tnt_berlin");
    private static final TenantId NO_CLIENTS = new TenantId("tnt_without_clients");

    @Autowired
    private SearchKeyExtractor searchKeyExtractor;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Clients clients;

    @Test
    void aNumberWithoutACountryCodeBelongsToTheCountryOfAClient() {
        tenants.save(BERLIN, "Berlin");
        var settings = Json.object().put("country", "DE");
        clients.create(BERLIN, "usr_test", "Mitte", ZoneId.of("Europe/Berlin"), settings);
        var odd = Json.object().put("country", "Germany");
        clients.create(BERLIN, "usr_test", "Odd", ZoneId.of("Europe/Berlin"), odd);

        var search = searchKeyExtractor.extract(TenantScope.of(BERLIN), new Subject(Subject.Type.PHONE, "030 1234567"));

        assertThat(search.keys().phones()).extracting(PhoneNumber::e164).contains("+49301234567");
        assertThat(search.relations().persons()).contains("+49301234567");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1 415 555 0142", "(415) 555-0142", "415.555.0142", "14155550142", "+14155550142"})
    void aNumberIsReadInEveryCommonFormat(String written) {
        var scope = TenantScope.of(NO_CLIENTS);

        assertThat(searchKeyExtractor
                        .extract(scope, new Subject(Subject.Type.ANYTHING, written))
                        .relations()
                        .persons())
                .contains("+14155550142", written);
        assertThat(searchKeyExtractor
                        .extract(scope, new Subject(Subject.Type.PHONE, written))
                        .relations()
                        .persons())
                .containsExactly("+14155550142");
    }

    @Test
    void aTextThatIsNoNumberMatchesNoNumber() {
        var scope = TenantScope.of(NO_CLIENTS);

        assertThat(searchKeyExtractor
                        .extract(scope, new Subject(Subject.Type.PHONE, "call_123"))
                        .keys()
                        .phones())
                .isEmpty();
        assertThat(searchKeyExtractor
                        .extract(scope, new Subject(Subject.Type.ANYTHING, "Ada@Example.com"))
                        .relations()
                        .persons())
                .contains("ada@example.com", "Ada@Example.com", "contact:Ada@Example.com");
    }

    @Test
    void aTextThatIsNoIdNamesNoConversation() {
        var scope = TenantScope.of(NO_CLIENTS);

        assertThat(searchKeyExtractor
                        .extract(scope, new Subject(Subject.Type.CORRELATION, "cor_1"))
                        .correlations())
                .containsExactly(new CorrelationId("cor_1"));
        assertThat(searchKeyExtractor
                        .extract(scope, new Subject(Subject.Type.CORRELATION, "no id"))
                        .correlations())
                .isEmpty();
    }
}
