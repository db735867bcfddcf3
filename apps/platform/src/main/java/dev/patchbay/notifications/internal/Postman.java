package dev.patchbay.notifications.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Recurring;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.Mail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.stereotype.Component;

/** Empties the outbox. What the server does not take is tried again, later each time, for about two days. */
@Component
final class Postman extends Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    private static final int A_ROUND = 20;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final int MOST = 20;

    private final Outbox outbox;
    private final Sealing sealing;
    private final Tenancy tenancy;
    private final Clock clock;
    private final Smtp smtp;

    Postman(Settings settings, MailSettings mail, Outbox outbox, Sealing sealing, Tenancy tenancy, Clock clock) {
        super("mail", mail.server().every(), isHere(settings, mail.server()));
        this.outbox = outbox;
        this.sealing = sealing;
        this.tenancy = tenancy;
        this.clock = clock;
        this.smtp = new Smtp(mail.server());
    }

    private static boolean isHere(Settings settings, MailSettings.Mail server) {
        if (server.host().isEmpty()) {
            LOG.warn("no mail leaves: PATCHBAY_MAIL_HOST names no server; invitations wait in the outbox");
        }
        return !server.host().isEmpty() && settings.roles().contains("worker");
    }

    @Override
    protected void once() {
        tenancy.throughDoor(() -> outbox.claim(A_ROUND, clock.instant(), LEASE)).forEach(this::deliver);
    }

    private void deliver(Outbox.Due due) {
        Optional<Mail> mail = tenancy.inTenant(due.tenant(), () -> outbox.sealed(due.tenant(), due.id()))
                .map(rest -> sealing.open(due.tenant(), Outbox.place(due.id()), rest))
                .map(clear -> Json.read(Json.read(clear), Mail.class));
        try {
            mail.ifPresent(one -> smtp.send(due.id(), one));
            tenancy.inTenant(due.tenant(), () -> outbox.sent(due.tenant(), due.id(), clock.instant()));
        } catch (MailException refused) {
            // Its message may name the address: only what kind it is.
            LOG.warn(
                    "mail {} was not taken (attempt {}): {}",
                    due.id(),
                    due.attempts(),
                    refused.getClass().getSimpleName());
            tenancy.inTenant(
                    due.tenant(), () -> outbox.again(due.tenant(), due.id(), next(due.attempts(), clock.instant())));
        }
    }

    /** Null when it was tried often enough. */
    static @Nullable Instant next(int attempts, Instant now) {
        if (attempts >= MOST) {
            return null;
        }
        Duration wait = Duration.ofSeconds(10L << Math.min(attempts, 12));
        return now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }
}
