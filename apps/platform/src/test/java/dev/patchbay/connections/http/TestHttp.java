package dev.patchbay.connections.http;

import dev.patchbay.connections.Account;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Outgoing clients, accounts and call contexts for tests. */
public final class TestHttp {

    public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private TestHttp() {}

    /** Checks contracts and may connect to the loopback address. */
    public static OutgoingHttp checking() {
        return outgoing(Environment.DEV, Duration.ofSeconds(5), true);
    }

    /** Checks no contracts, as in prod: an unexpected response reaches the adapter. */
    public static OutgoingHttp unchecked() {
        return outgoing(Environment.PROD, Duration.ofSeconds(5), true);
    }

    static OutgoingHttp outgoing(Environment environment, Duration timeout, boolean allowPrivate) {
        return outgoing(environment, timeout, allowPrivate, "");
    }

    static OutgoingHttp outgoing(Environment environment, Duration timeout, boolean allowPrivate, String issuer) {
        HttpSettings settings = new HttpSettings(
                environment, new HttpSettings.Http(timeout, Optional.of(allowPrivate)), new HttpSettings.Oidc(issuer));
        return new OutgoingHttp(settings, new Contracts(settings), new SimpleMeterRegistry(), Clock.systemUTC());
    }

    public static Account account(String provider, URI baseUrl, String settings, Map<String, String> secrets) {
        return new Account(
                new ConnectionId("con_1"), new TenantId("ten_1"), provider, baseUrl, Json.read(settings), secrets);
    }

    public static Settings settings() {
        return new Settings(Environment.DEV, URI.create("https://patchbay.test"), Path.of("."), Set.of());
    }

    public static CallContext callContext(Account account, String binding) {
        return callContext(
                account, binding, "run_1/do/book", Window.startingNow(Duration.ofSeconds(10)), unheard -> {});
    }

    public static CallContext callContext(
            Account account, String binding, String effect, Window window, Consumer<Exchange> journal) {
        return new CallContext(
                account,
                new ClientId("cli_1"),
                Json.read(binding),
                NEW_YORK,
                Locale.US,
                new CorrelationId("cor_1"),
                "run_1",
                effect,
                Instant.now(),
                window,
                journal);
    }
}
