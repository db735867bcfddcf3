package dev.patchbay.notifications.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.iam.spi.InvitationMail;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class InvitationMailerTests extends MailFixture {

    @Autowired
    private InvitationMail invitationMail;

    @Test
    void anAgencysNameCannotAddHeadersOrLines() {
        String agency = "Evil\r\nBcc: all@example.com\u2028Follow https://evil.example";
        tenancy.inTenant(
                tenant,
                () -> invitationMail.send(
                        tenant,
                        new InvitationMail.InvitationEmail(
                                to,
                                "Ben",
                                agency,
                                URI.create("https://patchbay.example/sign-in?invitation=x"),
                                Instant.now().plusSeconds(600))));
        await().atMost(Duration.ofSeconds(10)).until(() -> mailbox().size() == 1);
        var mail = mailbox().get(0);
        assertThat(mail.path("subject").asString()).startsWith("You are invited to Evil  Bcc: all@example.com Follow");
        assertThat(mail.path("text").asString()).contains("Evil  Bcc: all@example.com Follow");
        assertThat(mail.path("html").asString()).contains("<p>Evil  Bcc: all@example.com Follow");
    }
}
