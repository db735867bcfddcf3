package dev.patchbay.notifications.internal;

import dev.patchbay.notifications.Mail;
import jakarta.mail.MessagingException;
import java.util.Properties;
import org.springframework.mail.MailParseException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends mails over the operator's SMTP server. It is not a tenant's provider: its address comes from the settings only. */
final class SmtpSender {

    private static final String TIMEOUT_MILLIS = "10000";
    private static final int IMPLICIT_TLS = 465;

    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final String from;

    SmtpSender(MailSettings.Mail server) {
        this.from = server.from();
        sender.setHost(server.host());
        sender.setPort(server.port());
        if (!server.user().isEmpty()) {
            sender.setUsername(server.user());
            sender.setPassword(server.password());
        }
        sender.setJavaMailProperties(properties(server));
    }

    static Properties properties(MailSettings.Mail server) {
        var properties = new Properties();
        // Port 465 means implicit TLS (RFC 8314); on other ports STARTTLS is used.
        boolean implicit = server.port() == IMPLICIT_TLS;
        boolean startTls = server.startTls() && !implicit;
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(implicit));
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(startTls));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(startTls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.auth", String.valueOf(!server.user().isEmpty()));
        return properties;
    }

    /** The domain of the sender address, for ids of messages (RFC 5322, 3.6.4). */
    private String domain() {
        return from.substring(from.indexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }

    /**
     * Sends the mail.
     *
     * @throws org.springframework.mail.MailException when the server did not accept it, or its response was lost
     */
    void send(String id, Mail mail) {
        var message = sender.createMimeMessage();
        try {
            var helper = new MimeMessageHelper(message, true, "UTF-8");
            helper.setFrom(from);
            helper.setTo(mail.to());
            helper.setSubject(mail.subject());
            helper.setText(mail.text(), mail.html());
            // The same in every attempt, so that a mailbox can recognise a duplicate.
            message.setHeader("X-Patchbay-Mail", id);
            message.setHeader("Message-ID", "<" + id + "@" + domain() + ">");
        } catch (MessagingException unreadable) {
            throw new MailParseException(unreadable);
        }
        sender.send(message);
    }
}
