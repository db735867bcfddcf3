package dev.patchbay.demo;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.OAuthConnect;
import dev.patchbay.connections.OAuthConnect.ConnectRequest;
import dev.patchbay.connections.OAuthConnect.Initiator;
import dev.patchbay.connections.OAuthConnect.OAuthCallback;
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

/** Connects accounts by OAuth: plays their owners' browser on the sandbox's consent pages. */
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
     * Connects the accounts that are not connected, or that the provider refuses now.
     *
     * @param browser the address that the provider's page redirects to after the choice
     */
    void connectAll(TenantId tenant, List<OAuthAccount> all, UnaryOperator<URI> browser) {
        var connections = accounts.list(tenant, 100, "").items().stream()
                .collect(Collectors.toMap(ConnectionView::id, Function.identity()));
        for (OAuthAccount account : all) {
            ConnectionView existing = connections.get(account.id());
            if (existing == null || existing.account() == null || existing.state() == ConnectionState.UNHEALTHY) {
                connect(
                        account,
                        new Initiator(tenant, OAuthConnect.SYSTEM, Optional.empty()),
                        existing != null,
                        browser);
            }
        }
    }

    private void connect(OAuthAccount oAuthAccount, Initiator initiator, boolean again, UnaryOperator<URI> browser) {
        var authorizationRequest = again
                ? oAuthConnect.startReconnect(initiator, oAuthAccount.id())
                : oAuthConnect.startConnect(
                        initiator,
                        new ConnectRequest(
                                oAuthAccount.id(),
                                oAuthAccount.provider(),
                                "Sandbox: " + oAuthAccount.provider(),
                                oAuthAccount.settings()));
        var opened = oAuthConnect.openLink(authorizationRequest, Optional.empty());
        URI back = browser.apply(URI.create(opened.location() + oAuthAccount.choice()));
        var query = UriComponentsBuilder.fromUri(back).build().getQueryParams();
        oAuthConnect.complete(
                opened.browserSecret(),
                new OAuthCallback(oAuthAccount.provider(), decoded(query, "state"), decoded(query, "code"), ""),
                Optional.empty());
    }

    private static String decoded(MultiValueMap<String, String> query, String name) {
        return UriUtils.decode(query.toSingleValueMap().getOrDefault(name, ""), StandardCharsets.UTF_8);
    }
}
