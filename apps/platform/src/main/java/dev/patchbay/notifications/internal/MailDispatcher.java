package dev.patchbay.notifications.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.Mail;
import dev.patchbay.notifications.internal.MailRepository.ClaimedMail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends queued mails. A mail that the server does not accept is retried with growing delays for about two days. */
@Component
final class MailDispatcher extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(MailDispatcher.class);
    private static final int MAX_PER_RUN = 20;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration MAX_DELAY = Duration.ofHours(4);
    private static final int MAX_ATTEMPTS = 20;

    private final MailRepository mails;
    private final Sealing sealing;
    private final Tenancy tenancy;
    private final Clock clock;
    private final SmtpSender smtp;

    MailDispatcher(
            Settings settings,
            MailSettings mailSettings,
            MailRepository mails,
            Sealing sealing,
            Tenancy tenancy,
            Clock clock) {
        super("mail-dispatcher", mailSettings.mail().interval(), isEnabled(settings, mailSettings.mail()));
        this.mails = mails;
        this.sealing = sealing;
        this.tenancy = tenancy;
        this.clock = clock;
        this.smtp = new SmtpSender(mailSettings.mail());
    }

    private static boolean isEnabled(Settings settings, MailSettings.Mail server) {
        if (server.host().isEmpty()) {
            LOG.warn("mail dispatcher: PATCHBAY_MAIL_HOST is not set; mails stay queued until it is");
        }
        return !server.host().isEmpty() && settings.roles().contains("worker");
    }

    /**
     * Claims one mail at a time, so that a slow server delays no other worker and no lease expires while its mail waits for its
     * turn.
     */
    @Override
    protected void runOnce() {
        for (int sent = 0; sent < MAX_PER_RUN; sent++) {
            var claimed = tenancy.throughDefinerFunction(() -> mails.claim(clock.instant(), LEASE));
            if (claimed.isEmpty()) {
                return;
            }
            deliver(claimed.get());
        }
    }

    private void deliver(ClaimedMail mail) {
        try (var _ = TenantContext.open(mail.tenant())) {
            if (sendUnlessExpired(mail)) {
                tenancy.inTenant(mail.tenant(), () -> mails.markSent(mail, clock.instant()));
            } else {
                LOG.warn("mail {}: expired, or abandoned by its dispatchers; it will not be sent", mail.id());
                tenancy.inTenant(mail.tenant(), () -> mails.markFailed(mail));
            }
        } catch (RuntimeException failed) {
            // A mail that cannot be opened or written counts as one that the server rejects, and delays no other.
            handleFailure(mail, failed);
        }
    }

    private void handleFailure(ClaimedMail mail, RuntimeException failure) {
        // Only the class is recorded, because the message may contain the address.
        String reason = failure.getClass().getSimpleName();
        var next = nextAttempt(mail.attempt(), clock.instant());
        if (next.isPresent()) {
            LOG.warn("mail {}: attempt {} failed ({}); retrying at {}", mail.id(), mail.attempt(), reason, next.get());
            tenancy.inTenant(mail.tenant(), () -> mails.scheduleRetry(mail, next.get()));
        } else {
            LOG.warn("mail {}: the last attempt failed ({}); it will not be sent", mail.id(), reason);
            tenancy.inTenant(mail.tenant(), () -> mails.markFailed(mail));
        }
    }

    /** Returns false, without sending, for a mail that has expired or whose every attempt ended without a result. */
    private boolean sendUnlessExpired(ClaimedMail claimed) {
        if (claimed.attempt() > MAX_ATTEMPTS) {
            return false;
        }
        byte[] sealed = tenancy.inTenant(claimed.tenant(), () -> mails.findSealed(claimed.tenant(), claimed.id()))
                .orElseThrow();
        byte[] content = sealing.open(claimed.tenant(), MailRepository.sealingContext(claimed.id()), sealed);
        var mail = Json.read(Json.read(content), Mail.class);
        if (!mail.expiresAt().isAfter(clock.instant())) {
            return false;
        }
        smtp.send(claimed.id(), mail);
        return true;
    }

    /** Returns the time of the retry after this attempt: 20 s later, doubling up to 4 hours; empty after the last attempt. */
    static Optional<Instant> nextAttempt(int attempt, Instant now) {
        if (attempt >= MAX_ATTEMPTS) {
            return Optional.empty();
        }
        Duration delay = Duration.ofSeconds(10L << Math.min(attempt, 12));
        return Optional.of(now.plus(delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY));
    }
}
