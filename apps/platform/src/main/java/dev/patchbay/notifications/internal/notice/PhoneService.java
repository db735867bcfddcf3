package dev.patchbay.notifications.internal.notice;

import dev.patchbay.connections.Sealing;
import dev.patchbay.effects.Outcome;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.PhoneConfirmation;
import dev.patchbay.notifications.internal.notice.PhoneRepository.StoredPhone;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Confirms people's numbers by codes of six digits: ten minutes, five guesses and three codes an hour. */
@Component
class PhoneService implements PhoneConfirmation {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);
    private static final Duration CODE_WINDOW = Duration.ofHours(1);
    private static final int MAX_CODES = 3;
    private static final int MAX_GUESSES = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PhoneRepository repository;
    private final Sealing sealing;
    private final NoticeSmsSender sender;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    PhoneService(
            PhoneRepository repository,
            Sealing sealing,
            NoticeSmsSender sender,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.sealing = sealing;
        this.sender = sender;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** The number that the person confirmed. */
    Optional<PhoneNumber> findConfirmed(TenantId tenant, UserId person) {
        return find(tenant, person).filter(Phone::confirmed).map(Phone::number);
    }

    @Override
    public Optional<Phone> find(TenantId tenant, UserId person) {
        return tenancy.inTenant(
                tenant,
                () -> repository
                        .find(tenant, person)
                        .map(stored -> new Phone(
                                PhoneNumber.read(open(tenant, "number", person, stored.number()))
                                        .orElseThrow(),
                                stored.isConfirmed())));
    }

    @Override
    public void sendCode(TenantId tenant, UserId person, PhoneNumber number) {
        if (!sender.isConfigured()) {
            throw new Problem(ProblemType.ACCESS_CONFLICT, "This installation sends no texts to its users.");
        }
        Instant now = clock.instant();
        String code = "%06d".formatted(RANDOM.nextInt(1_000_000));
        tenancy.inTenant(tenant, () -> {
            var before = repository
                    .lock(tenant, person)
                    .filter(stored -> stored.codesSince().plus(CODE_WINDOW).isAfter(now));
            int sent = before.map(StoredPhone::codesSent).orElse(0);
            if (sent >= MAX_CODES) {
                throw new Problem(
                        ProblemType.RATE_LIMITED, "Three codes were sent within an hour; wait until it is over.");
            }
            repository.save(
                    tenant,
                    person,
                    new StoredPhone(
                            seal(tenant, "number", person, number.e164()),
                            seal(tenant, "code", person, code),
                            Optional.of(now.plus(CODE_LIFETIME)),
                            0,
                            sent + 1,
                            before.map(StoredPhone::codesSince).orElse(now)));
            recordChange(tenant, person, "entered");
        });
        var outcome = sender.attempt(Ids.next("ntp", now), number, "Patchbay: your code is " + code + ".", 1);
        if (!(outcome instanceof Outcome.Succeeded)) {
            throw new Problem(
                    ProblemType.PROVIDER_ERROR, "The carrier did not accept the text; ask for another code later.");
        }
    }

    @Override
    public void confirm(TenantId tenant, UserId person, String code) {
        boolean confirmed = tenancy.inTenant(tenant, () -> {
            var stored = repository.lock(tenant, person).filter(phone -> isOpen(phone));
            if (stored.isEmpty()) {
                return false;
            }
            String expected = open(
                    tenant, "code", person, Objects.requireNonNull(stored.get().code()));
            if (!Secret.constantTimeEquals(expected, code)) {
                repository.countGuess(tenant, person);
                return false;
            }
            repository.confirm(tenant, person, clock.instant());
            recordChange(tenant, person, "confirmed");
            return true;
        });
        if (!confirmed) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "This is not the code that was sent, or it is older than ten minutes, or was guessed too often.");
        }
    }

    private boolean isOpen(StoredPhone phone) {
        return phone.guesses() < MAX_GUESSES
                && phone.codeExpiresAt()
                        .filter(end -> end.isAfter(clock.instant()))
                        .isPresent();
    }

    @Override
    public void remove(TenantId tenant, UserId person) {
        tenancy.inTenant(tenant, () -> {
            if (repository.lock(tenant, person).isPresent()) {
                repository.delete(tenant, person);
                recordChange(tenant, person, "removed");
            }
        });
    }

    private void recordChange(TenantId tenant, UserId person, String state) {
        audit.recordChange(
                TenantScope.of(tenant),
                person.value(),
                "notice.preferences_changed",
                "user/" + person,
                null,
                "phone " + state);
    }

    private byte[] seal(TenantId tenant, String member, UserId person, String text) {
        return sealing.seal(tenant, place(member, person), Hashing.utf8(text));
    }

    private String open(TenantId tenant, String member, UserId person, byte[] sealed) {
        return new String(sealing.open(tenant, place(member, person), sealed), StandardCharsets.UTF_8);
    }

    private static String place(String member, UserId person) {
        return "notice_phone/" + person + "/" + member;
    }
}
