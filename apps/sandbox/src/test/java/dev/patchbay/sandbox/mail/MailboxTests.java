package dev.patchbay.sandbox.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.sandbox.SandboxFixture;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mailbox, with Jakarta Mail as its client. */
class MailboxTests {

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private MimeMessage message(String to) throws MessagingException {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(sandbox.mailPort()));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("patchbay@test.example"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject("Grüße");
        return message;
    }

    @Test
    void listsReceivedMessagesAsJsonAndAsAPage() throws MessagingException {
        var text = new MimeBodyPart();
        text.setText("See http://127.0.0.1:1/a?b=1&c=2", "UTF-8");
        var html = new MimeBodyPart();
        html.setContent("<p>See</p>", "text/html; charset=UTF-8");
        var multipart = message("ada@test.example");
        multipart.setContent(new MimeMultipart("alternative", text, html));
        Transport.send(multipart);
        var plain = message("ben@test.example");
        plain.setText("Hello");
        Transport.send(plain);

        var mails = SandboxFixture.json(sandbox.send("GET", "/_sandbox/mailbox", ""))
                .path("mails");
        assertThat(mails).hasSize(2);
        assertThat(mails.path(0).path("subject").asString()).isEqualTo("Grüße");
        assertThat(mails.path(0).path("html").asString()).isEqualTo("<p>See</p>");
        var bens = SandboxFixture.json(sandbox.send("GET", "/_sandbox/mailbox?to=BEN@test.example", ""))
                .path("mails");
        assertThat(bens).hasSize(1);
        assertThat(bens.path(0).path("text").asString()).isEqualToIgnoringNewLines("Hello");
        var page = sandbox.send("GET", "/_sandbox/mailbox", "", "Accept", "text/html")
                .body();
        assertThat(page).contains("<a href=\"http://127.0.0.1:1/a?b=1&amp;c=2\">");
        sandbox.restart();
        assertThat(SandboxFixture.json(sandbox.send("GET", "/_sandbox/mailbox", ""))
                        .path("mails"))
                .hasSize(2);
    }

    @Test
    void reportsAnEmptyMailboxAndUnreadableMessages() throws MessagingException {
        assertThat(sandbox.send("GET", "/_sandbox/mailbox", "", "Accept", "text/html")
                        .body())
                .contains("There is no mail yet");
        var binary = message("ada@test.example");
        binary.setDataHandler(new jakarta.activation.DataHandler(new byte[] {1}, "application/octet-stream"));
        Transport.send(binary);
        var broken = message("ada@test.example");
        broken.setText("x");
        broken.setHeader("Content-Type", "multipart/mixed");
        Transport.send(broken);
        var mails = SandboxFixture.json(sandbox.send("GET", "/_sandbox/mailbox", ""))
                .path("mails");
        assertThat(mails).hasSize(2);
        assertThat(mails.path(0).has("text")).isFalse();
        assertThat(mails.path(1).has("unreadable")).isTrue();
    }

    @Test
    void refusesMailsAndLosesAnswersOnRequest() throws MessagingException {
        sandbox.armFault("mail", "send", "500", 1);
        sandbox.armFault("mail", "send", "lost_response", 1);
        for (int attempt = 0; attempt < 2; attempt++) {
            var failing = message("ada@test.example");
            failing.setText("x");
            assertThatThrownBy(() -> Transport.send(failing)).isInstanceOf(MessagingException.class);
        }
        var mails = SandboxFixture.json(sandbox.send("GET", "/_sandbox/mailbox", ""))
                .path("mails");
        assertThat(mails).hasSize(1);
        assertThat(mails.path(0).path("messageId").asString()).startsWith("<");
        assertThat(sandbox.control(
                                "POST",
                                "/faults",
                                "{\"provider\": \"mail\", \"operation\": \"send\", \"fault\": \"429\"}")
                        .toString())
                .contains("valid: ");
    }
}
