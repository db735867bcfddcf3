package dev.patchbay.notifications.internal;

import dev.patchbay.notifications.Mail;
import jakarta.mail.MessagingException;
import java.util.Properties;
import org.springframework.mail.MailParseException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** The operator's SMTP server. It is no provider of a tenant: its address comes from the settings, never from a customer. */
final class Smtp {

    private static final String MILLISECONDS = "10000";
    private static final int IMPLICIT_TLS = 465;

    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final String from;

    Smtp(MailSettings.Mail server) {
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
        // On port 465 TLS comes first (RFC 8314); elsewhere it is asked for.
        boolean implicit = server.port() == IMPLICIT_TLS;
        boolean startTls = server.startTls() && !implicit;
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(implicit));
        properties.setProperty("mail.smtp.connectiontimeout", MILLISECONDS);
        properties.setProperty("mail.smtp.timeout", MILLISECONDS);
        properties.setProperty("mail.smtp.writetimeout", MILLISECONDS);
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(startTls));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(startTls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.auth", String.valueOf(!server.user().isEmpty()));
        return properties;
    }

    /** @throws org.springframework.mail.MailException when the server did not take it, or nobody knows */
    void send(String id, Mail mail) {
        var message = sender.createMimeMessage();
        try {
            var helper = new MimeMessageHelper(message, true, "UTF-8");
            helper.setFrom(from);
            helper.setTo(mail.to());
            helper.setSubject(mail.subject());
            helper.setText(mail.text(), mail.html());
            // One that is sent again says the same, so that mailboxes may know it.
            message.setHeader("X-Patchbay-Mail", id);
        } catch (MessagingException unreadable) {
            throw new MailParseException(unreadable);
        }
        sender.send(message);
    }
}
