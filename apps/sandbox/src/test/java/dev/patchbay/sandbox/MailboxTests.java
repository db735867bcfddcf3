package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mailbox, as Jakarta Mail sends to it. */
class MailboxTests {

    private Sandbox sandbox;
    private Scene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = Scene.open(folder.resolve("scene"));
        sandbox = scene.sandbox();
    }

    @AfterEach
    void close() {
        scene.close();
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
    void keepsWhatIsSentForReading() throws MessagingException {
        var text = new MimeBodyPart();
        text.setText("See http://127.0.0.1:1/a?b=1&c=2", "UTF-8");
        var html = new MimeBodyPart();
        html.setContent("<p>See</p>", "text/html; charset=UTF-8");
        var both = message("ada@test.example");
        both.setContent(new MimeMultipart("alternative", text, html));
        Transport.send(both);
        var plain = message("ben@test.example");
        plain.setText("Hello");
        Transport.send(plain);

        var mails = Scene.json(scene.send("GET", "/_sandbox/mailbox", "")).path("mails");
        assertThat(mails).hasSize(2);
        assertThat(mails.path(0).path("subject").asString()).isEqualTo("Grüße");
        assertThat(mails.path(0).path("html").asString()).isEqualTo("<p>See</p>");
        var bens = Scene.json(scene.send("GET", "/_sandbox/mailbox?to=BEN@test.example", ""))
                .path("mails");
        assertThat(bens).hasSize(1);
        assertThat(bens.path(0).path("text").asString()).isEqualToIgnoringNewLines("Hello");
        var page = scene.send("GET", "/_sandbox/mailbox", "", "Accept", "text/html")
                .body();
        assertThat(page).contains("<a href=\"http://127.0.0.1:1/a?b=1&amp;c=2\">");
        scene.restart();
        assertThat(Scene.json(scene.send("GET", "/_sandbox/mailbox", "")).path("mails"))
                .hasSize(2);
    }

    @Test
    void saysWhenNoneHasComeOrOneCannotBeRead() throws MessagingException {
        assertThat(scene.send("GET", "/_sandbox/mailbox", "", "Accept", "text/html")
                        .body())
                .contains("No mail has come yet");
        var strange = message("ada@test.example");
        strange.setDataHandler(new jakarta.activation.DataHandler(new byte[] {1}, "application/octet-stream"));
        Transport.send(strange);
        var broken = message("ada@test.example");
        broken.setText("x");
        broken.setHeader("Content-Type", "multipart/mixed");
        Transport.send(broken);
        var mails = Scene.json(scene.send("GET", "/_sandbox/mailbox", "")).path("mails");
        assertThat(mails).hasSize(2);
        assertThat(mails.path(0).has("text")).isFalse();
        assertThat(mails.path(1).has("unreadable")).isTrue();
    }

    @Test
    void listensWhereItIsTold(@TempDir Path folder) {
        try (var own = Sandbox.start(Map.of(
                "PATCHBAY_SANDBOX_PORT",
                "0",
                "PATCHBAY_SANDBOX_MAIL_PORT",
                "0",
                "PATCHBAY_DATA_DIR",
                folder.toString()))) {
            assertThat(own.mailPort()).isPositive();
        }
    }
}
