package dev.patchbay.notifications.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.Mail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Empties the outbox. What the server does not take is tried again, later each time, for about two days. */
@Component
final class MailDispatcher extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(MailDispatcher.class);
    private static final int A_ROUND = 20;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final int MOST = 20;

    private final Outbox outbox;
    private final Sealing sealing;
    private final Tenancy tenancy;
    private final Clock clock;
    private final Smtp smtp;

    MailDispatcher(Settings settings, MailSettings mail, Outbox outbox, Sealing sealing, Tenancy tenancy, Clock clock) {
        super("mail", mail.mail().every(), isHere(settings, mail.mail()));
        this.outbox = outbox;
        this.sealing = sealing;
        this.tenancy = tenancy;
        this.clock = clock;
        this.smtp = new Smtp(mail.mail());
    }

    private static boolean isHere(Settings settings, MailSettings.Mail server) {
        if (server.host().isEmpty()) {
            LOG.warn("no mail leaves: PATCHBAY_MAIL_HOST names no server; invitations wait in the outbox");
        }
        return !server.host().isEmpty() && settings.roles().contains("worker");
    }

    /** One at a time: a slow server keeps the rest from nobody, and no lease passes before its mail's turn. */
    @Override
    protected void once() {
        for (int tried = 0; tried < A_ROUND; tried++) {
            var due = tenancy.throughDoor(() -> outbox.claim(clock.instant(), LEASE));
            if (due.isEmpty()) {
                return;
            }
            deliver(due.get());
        }
    }

    private void deliver(Outbox.Due due) {
        try {
            if (wasSent(due)) {
                tenancy.inTenant(due.tenant(), () -> outbox.sent(due.tenant(), due.id(), clock.instant()));
            } else {
                LOG.warn("mail {} is given up: it was tried too often, or what it says is over", due.id());
                tenancy.inTenant(due.tenant(), () -> outbox.again(due, null));
            }
        } catch (RuntimeException failed) {
            // One that cannot be opened or written fails like one that is not taken: it holds up no other. The message
            // may name
            // the address: only what kind it is.
            LOG.warn(
                    "mail {} was not sent (attempt {}): {}",
                    due.id(),
                    due.attempts(),
                    failed.getClass().getSimpleName());
            tenancy.inTenant(due.tenant(), () -> outbox.again(due, next(due.attempts(), clock.instant())));
        }
    }

    /** Sends it; false when it is too late for it, or when those who had it before never came back to say what became of it. */
    private boolean wasSent(Outbox.Due due) {
        if (due.attempts() > MOST) {
            return false;
        }
        byte[] sealed = tenancy.inTenant(due.tenant(), () -> outbox.sealed(due.tenant(), due.id()))
                .orElseThrow();
        var mail = Json.read(Json.read(sealing.open(due.tenant(), Outbox.place(due.id()), sealed)), Mail.class);
        if (!mail.until().isAfter(clock.instant())) {
            return false;
        }
        smtp.send(due.id(), mail);
        return true;
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
