package dev.patchbay.demo;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.OAuthConnect;
import dev.patchbay.connections.OAuthConnect.ConnectRequest;
import dev.patchbay.connections.OAuthConnect.Initiator;
import dev.patchbay.connections.OAuthConnect.OAuthCallback;
import dev.patchbay.demo.DemoConnections.Owned;
import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** The owners of the demo's accounts: they consent, on the sandbox's pages, as a browser would take them there. */
@Component
@ConditionalOnProperty(name = "patchbay.environment", havingValue = "dev")
final class DemoConsent {

    private final ConnectedAccounts accounts;
    private final OAuthConnect oAuthConnect;

    DemoConsent(ConnectedAccounts accounts, OAuthConnect oAuthConnect) {
        this.accounts = accounts;
        this.oAuthConnect = oAuthConnect;
    }

    /**
     * Connects what is not connected, and again what the provider no longer lets in.
     *
     * @param browser where the provider's page sends who chose there
     */
    void consent(TenantId tenant, List<Owned> owned, UnaryOperator<URI> browser) {
        var known = accounts.list(tenant, 100, "").items().stream()
                .collect(Collectors.toMap(ConnectionView::id, Function.identity()));
        for (Owned one : owned) {
            ConnectionView there = known.get(one.id());
            if (there == null || there.account() == null || there.state() == ConnectionState.UNHEALTHY) {
                walk(one, new Initiator(tenant, OAuthConnect.SYSTEM, Optional.empty()), there != null, browser);
            }
        }
    }

    private void walk(Owned owned, Initiator initiator, boolean again, UnaryOperator<URI> browser) {
        var connectLink = again
                ? oAuthConnect.startReconnect(initiator, owned.id())
                : oAuthConnect.startConnect(
                        initiator,
                        new ConnectRequest(
                                owned.id(), owned.provider(), "Sandbox: " + owned.provider(), owned.settings()));
        var providerRedirect = oAuthConnect.openLink(connectLink, Optional.empty());
        URI back = browser.apply(URI.create(providerRedirect.location() + owned.choice()));
        var said = UriComponentsBuilder.fromUri(back).build().getQueryParams();
        oAuthConnect.complete(
                providerRedirect.browserSecret(),
                new OAuthCallback(owned.provider(), decoded(said, "state"), decoded(said, "code"), ""),
                Optional.empty());
    }

    private static String decoded(MultiValueMap<String, String> said, String name) {
        return UriUtils.decode(said.toSingleValueMap().getOrDefault(name, ""), StandardCharsets.UTF_8);
    }
}
