package dev.patchbay.connections.web;

import dev.patchbay.connections.OAuthConnect;
import dev.patchbay.connections.OAuthConnect.ConnectLink;
import dev.patchbay.connections.OAuthConnect.ConnectRequest;
import dev.patchbay.connections.OAuthConnect.Initiator;
import dev.patchbay.connections.OAuthConnect.OAuthCallback;
import dev.patchbay.iam.SessionId;
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
 * Connects accounts by consent. The API returns a link; a browser that opens it is redirected to the provider and returns to
 * the callback with an authorization code. No browser receives a token.
 */
@Controller
class OAuthConnectController {

    private static final Duration COOKIE_LIFETIME = Duration.ofMinutes(10);

    private static final ErrorPage REFUSAL =
            new ErrorPage("Not connected", "The account was not connected", "<a class=\"button\" href=\"/\">Home</a>");

    private final OAuthConnect oauth;
    private final Settings settings;
    private final BrowserCookies cookies;

    OAuthConnectController(OAuthConnect oauth, Settings settings) {
        this.oauth = oauth;
        this.settings = settings;
        this.cookies = new BrowserCookies(settings.publicUrl());
    }

    /**
     * Connects an account by provider and name, or reconnects the account of a connection by {@code connectionId}.
     *
     * @param settings of a new connection; settings that the account determines are added
     */
    record OAuthConnectRequest(
            @Nullable String provider,
            @Nullable String name,
            @Nullable ObjectNode settings,
            @Nullable String connectionId) {}

    /** @param startUrl opened by one browser, once, within ten minutes */
    record OAuthConnectResponse(URI startUrl) {}

    @Requires(value = "write:connections", tenantWide = true)
    @OneTimeSecret
    @PostMapping("/api/v1/connections/oauth")
    @ResponseBody
    @ResponseStatus(HttpStatus.CREATED)
    OAuthConnectResponse begin(Caller caller, Identity identity, @RequestBody OAuthConnectRequest request) {
        var initiator = new Initiator(
                caller.scope().tenant(), caller.subject(), identity.session().map(SessionId::value));
        ConnectLink link = request.connectionId() == null
                ? oauth.startConnect(initiator, connectRequest(request))
                : oauth.startReconnect(initiator, ConnectionIds.require(request.connectionId()));
        return new OAuthConnectResponse(
                URI.create(settings.publicUrl() + "/connect/" + link.provider() + "/start?ticket=" + link.ticket()));
    }

    private static ConnectRequest connectRequest(OAuthConnectRequest request) {
        if (request.provider() == null || request.name() == null) {
            throw new Problem(ProblemType.CONNECTION_INVALID, "Send provider and name, or the connectionId.");
        }
        return new ConnectRequest(
                null,
                request.provider(),
                request.name(),
                Optional.ofNullable(request.settings()).orElseGet(Json::object));
    }

    @PermitAll("the ticket names the initiator, and the session if only that one may continue")
    @GetMapping("/connect/{provider}/start")
    ResponseEntity<String> open(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String provider,
            @RequestParam(defaultValue = "") String ticket) {
        return REFUSAL.respond(request, () -> {
            var redirect = oauth.openLink(new ConnectLink(provider, ticket), Identity.of(request));
            cookies.set(response, cookie(), redirect.browserSecret(), true, COOKIE_LIFETIME);
            return redirectTo(redirect.location());
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
        return REFUSAL.respond(request, () -> {
            String browserSecret = BrowserCookies.read(request, cookie()).orElse("");
            var connected = oauth.complete(
                    browserSecret, new OAuthCallback(provider, state, code, error), Identity.of(request));
            cookies.set(response, cookie(), "", true, Duration.ZERO);
            return redirectTo(URI.create(settings.publicUrl() + "/?connected=" + connected.id()));
        });
    }

    private String cookie() {
        return cookies.name("patchbay_connect");
    }

    private static ResponseEntity<String> redirectTo(URI location) {
        return ResponseEntity.status(HttpStatus.FOUND).location(location).build();
    }
}
