package dev.patchbay.notifications.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.NotifyPort.Email;
import dev.patchbay.effects.spi.NotifyPort.QueuedEmail;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.notifications.Mail;
import dev.patchbay.notifications.Mailer;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The look-up of mails whose recipients the flow names; it needs no client. */
class ClientPeopleMailerTests {

    private static final CallContext CALL = TestHttp.callContext(
            TestHttp.account("patchbay", URI.create("https://patchbay.example"), "{}", Map.of()), "{}");

    /** An outbox that holds these mails by key. */
    private record Outbox(Map<String, String> mails) implements Mailer {

        @Override
        public String queue(TenantId tenant, Mail mail) {
            throw new IllegalStateException();
        }

        @Override
        public String queueOnce(TenantId tenant, String key, Mail mail) {
            throw new IllegalStateException();
        }

        @Override
        public Optional<String> findQueued(TenantId tenant, String key) {
            return Optional.ofNullable(mails.get(key));
        }

        @Override
        public boolean isSent(TenantId tenant, String mailId) {
            return false;
        }
    }

    @SuppressWarnings("NullAway")
    private static LookupResult<QueuedEmail> find(Map<String, String> mails, String... to) {
        return new ClientPeopleMailer(new Outbox(mails), null, Clock.systemUTC())
                .findEmail(CALL, new Email(List.of(to), "A call, missed", "Call back."));
    }

    @Test
    void aMailIsFoundWhenEveryRecipientsMailIsQueued() {
        var mails =
                Map.of(CALL.effectKey() + "/ada@example.com", "mal_1", CALL.effectKey() + "/vera@example.com", "mal_2");

        assertThat(find(mails, "Ada@example.com", "vera@example.com"))
                .isEqualTo(new LookupResult.Found<>(
                        new QueuedEmail("mal_1", List.of("Ada@example.com", "vera@example.com")), List.of("mal_1")));
    }

    @Test
    void aMailIsAbsentWhileARecipientsMailIsNotQueued() {
        var mails = Map.of(CALL.effectKey() + "/ada@example.com", "mal_1");

        assertThat(find(mails, "ada@example.com", "vera@example.com")).isInstanceOf(LookupResult.Absent.class);
        assertThat(find(mails)).isInstanceOf(LookupResult.Absent.class);
    }
}
