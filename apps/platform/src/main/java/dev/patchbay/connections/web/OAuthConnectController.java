package dev.patchbay.connections.web;

import dev.patchbay.connections.OAuthConnect;
import dev.patchbay.connections.OAuthConnect.ConnectLink;
import dev.patchbay.connections.OAuthConnect.ConnectRequest;
import dev.patchbay.connections.OAuthConnect.OAuthCallback;
import dev.patchbay.connections.OAuthConnect.Initiator;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.PermitAll;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.web.BrowserCookies;
import dev.patchbay.kernel.web.ErrorPage;
import dev.patchbay.kernel.web.OneTimeSecret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.node.ObjectNode;

/**
 * Connecting by consent: the API hands out an address of ours, the browser that opens it goes to the provider's page and comes
 * back here. It carries a code at most, never a token.
 */
@Controller
class OAuthConnectController {

    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final ErrorPage REFUSAL =
            new ErrorPage("Not connected", "The account was not connected", "<a class=\"button\" href=\"/\">Home</a>");

    private final OAuthConnect oAuthConnect;
    private final Settings settings;
    private final BrowserCookies cookies;

    OAuthConnectController(OAuthConnect oAuthConnect, Settings settings) {
        this.oAuthConnect = oAuthConnect;
        this.settings = settings;
        this.cookies = new BrowserCookies(settings.publicUrl());
    }

    /**
     * A new account by provider and name, or a known one by its connection.
     *
     * @param settings of a new connection; what the account itself tells is added
     */
    record OAuthConnectRequest(
            @Nullable String provider,
            @Nullable String name,
            @Nullable ObjectNode settings,
            @Nullable String connectionId) {}

    /** @param startUrl for one browser, once, within ten minutes */
    record OAuthConnectResponse(URI startUrl) {}

    @Requires(value = "write:connections", tenantWide = true)
    @OneTimeSecret
    @PostMapping("/api/v1/connections/oauth")
    @ResponseBody
    @ResponseStatus(HttpStatus.CREATED)
    OAuthConnectResponse begin(Caller caller, Identity identity, @RequestBody OAuthConnectRequest request) {
        var initiator = new Initiator(caller.scope().tenant(), caller.subject(), identity.session());
        ConnectLink connectLink = request.connectionId() == null
                ? oAuthConnect.startConnect(initiator, wish(request))
                : oAuthConnect.startReconnect(initiator, request.connectionId());
        return new OAuthConnectResponse(URI.create(settings.publicUrl() + "/connect/" + connectLink.provider()
                + "/start?ticket=" + connectLink.ticket()));
    }

    private static ConnectRequest wish(OAuthConnectRequest request) {
        if (request.provider() == null || request.name() == null) {
            throw new Problem(ProblemType.CONNECTION_INVALID, "Send provider and name, or the connectionId.");
        }
        return new ConnectRequest(
                null,
                request.provider(),
                request.name(),
                Optional.ofNullable(request.settings()).orElseGet(Json::object));
    }

    @PermitAll("the ticket says who began, and whether only their session may go on")
    @GetMapping("/connect/{provider}/start")
    ResponseEntity<String> open(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String provider,
            @RequestParam(defaultValue = "") String ticket) {
        return REFUSAL.unless(request, () -> {
            var providerRedirect = oAuthConnect.openLink(new ConnectLink(provider, ticket), Identity.of(request));
            cookies.set(response, cookie(), providerRedirect.browserSecret(), true, KEPT);
            return go(providerRedirect.location());
        });
    }

    @PermitAll("the browser's secret, the state and the session are verified here")
    @GetMapping("/connect/{provider}/callback")
    ResponseEntity<String> finish(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String provider,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String error) {
        return REFUSAL.unless(request, () -> {
            String secret = BrowserCookies.read(request, cookie()).orElse("");
            var connected =
                    oAuthConnect.complete(secret, new OAuthCallback(provider, state, code, error), Identity.of(request));
            cookies.set(response, cookie(), "", true, Duration.ZERO);
            return go(URI.create(settings.publicUrl() + "/?connected=" + connected.id()));
        });
    }

    private String cookie() {
        return cookies.name("patchbay_connect");
    }

    private static ResponseEntity<String> go(URI to) {
        return ResponseEntity.status(HttpStatus.FOUND).location(to).build();
    }
}
