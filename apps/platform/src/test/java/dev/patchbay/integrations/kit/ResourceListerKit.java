package dev.patchbay.integrations.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.connections.spi.ResourceLister;
import dev.patchbay.kernel.ProviderProblem;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests of listing what an account has, such as its calendars or numbers, for every provider that lists. */
public abstract class ResourceListerKit {

    private final OutgoingHttp http = TestHttp.unchecked();
    private final Listing listing;
    private ScriptedProvider provider;

    /**
     * A provider's list.
     *
     * @param provider the provider's id
     * @param settings the account's settings, JSON
     * @param secret the name of the secret that requests carry
     * @param kind the kind of resource
     * @param response a response with one resource, whose name is Ada
     * @param id the id of that resource
     * @param refusal the beginning of the sentence for a list that did not come
     */
    public record Listing(
            String provider, String settings, String secret, String kind, String response, String id, String refusal) {}

    protected ResourceListerKit(Listing listing) {
        this.listing = listing;
    }

    protected abstract ResourceLister lister(OutgoingHttp http);

    @BeforeEach
    void start() throws IOException {
        provider = new ScriptedProvider();
    }

    @AfterEach
    void stop() throws IOException {
        provider.close();
        http.destroy();
    }

    private Account account() {
        return TestHttp.account(
                listing.provider(), provider.address(), listing.settings(), Map.of(listing.secret(), "s"));
    }

    @Test
    void theListHasTheIdAndTheNameOfEach() {
        provider.then(200, listing.response());
        assertThat(lister(http).list(account(), listing.kind()))
                .singleElement()
                .satisfies(it -> assertThat(it.toString()).contains(listing.id(), "Ada"));
    }

    @Test
    void aListThatTheProviderRefusesOrLosesIsAProblemOfTheProvider() {
        provider.then(500, "{}").thenNothing();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> lister(http).list(account(), listing.kind()))
                    .isInstanceOf(ProviderProblem.class)
                    .hasMessageContaining(listing.refusal());
        }
    }
}
