package dev.patchbay.notifications.internal;

import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.NotifyPort;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.EmailAddress;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.notifications.Mail;
import dev.patchbay.notifications.Mailer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Mails the client's own people, whose addresses its settings list as {@code notify.emails}. It mails no other
 * address, so that no flow turns into a sender of bulk mail.
 */
@Component
class ClientPeopleMailer implements NotifyPort {

    private static final Duration VALIDITY = Duration.ofDays(3);

    private static final Map<String, Idempotency> IDEMPOTENCY = Map.of(
            "notify.email",
            Idempotency.providerKey(
                    "The outbox takes one mail for each recipient and effect, in the database of the ledger."));

    private final Mailer mailer;
    private final Clients clients;
    private final Clock clock;

    ClientPeopleMailer(Mailer mailer, Clients clients, Clock clock) {
        this.mailer = mailer;
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return PATCHBAY;
    }

    @Override
    public Map<String, Idempotency> idempotency() {
        return IDEMPOTENCY;
    }

    @Override
    public PortResult<QueuedEmail> sendEmail(CallContext callContext, Email email) {
        List<String> people = people(callContext);
        List<String> to = Objects.requireNonNullElse(email.to(), people);
        Optional<String> stranger = to.stream()
                .filter(address -> people.stream().noneMatch(address::equalsIgnoreCase))
                .findFirst();
        if (stranger.isPresent() || to.isEmpty()) {
            return new PortResult.Rejected<>(
                    FailureReason.BAD_INPUT,
                    "Mails go to the client's own people only, and its settings list " + people.size()
                            + " addresses under notify.emails; add the address there.");
        }
        to.forEach(address -> mailer.queueOnce(
                callContext.account().tenant(),
                key(callContext, address),
                new Mail(
                        address,
                        email.subject(),
                        email.text(),
                        html(email.text()),
                        clock.instant().plus(VALIDITY))));
        String id = mailer.findQueued(callContext.account().tenant(), key(callContext, to.getFirst()))
                .orElseThrow();
        return new PortResult.Succeeded<>(new QueuedEmail(id, to), id);
    }

    @Override
    public LookupResult<QueuedEmail> findEmail(CallContext callContext, Email email) {
        List<String> to = Objects.requireNonNullElseGet(email.to(), () -> people(callContext));
        List<String> queued = to.stream()
                .flatMap(address ->
                        mailer.findQueued(callContext.account().tenant(), key(callContext, address)).stream())
                .toList();
        return to.isEmpty() || queued.size() < to.size()
                ? new LookupResult.Absent<>()
                : new LookupResult.Found<>(new QueuedEmail(queued.getFirst(), to), List.of(queued.getFirst()));
    }

    private List<String> people(CallContext callContext) {
        return clients
                .find(TenantScope.of(callContext.account().tenant(), callContext.client()), callContext.client())
                .stream()
                .flatMap(client -> client.settings().at("/notify/emails").valueStream())
                .flatMap(address -> EmailAddress.read(address.asString("")).stream())
                .map(EmailAddress::text)
                .distinct()
                .toList();
    }

    private static String key(CallContext callContext, String address) {
        return callContext.effectKey() + "/" + address.toLowerCase(Locale.ROOT);
    }

    private static String html(String text) {
        return "<!doctype html>\n<html><body><p>" + HtmlUtils.htmlEscape(text).replace("\n", "<br>\n")
                + "</p></body></html>\n";
    }
}
