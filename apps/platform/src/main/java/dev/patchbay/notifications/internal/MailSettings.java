package dev.patchbay.notifications.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The SMTP server. */
@ConfigurationProperties("patchbay")
record MailSettings(@DefaultValue Mail mail) {

    /**
     * What is set under {@code patchbay.mail}.
     *
     * @param host of the SMTP server ({@code PATCHBAY_MAIL_HOST}); without one mails wait
     * @param port 587 unless told otherwise ({@code PATCHBAY_MAIL_PORT}); on 465 TLS comes first
     * @param user empty for a server that asks for none ({@code PATCHBAY_MAIL_USER}, {@code PATCHBAY_MAIL_PASSWORD})
     * @param from the address that mails come from ({@code PATCHBAY_MAIL_FROM})
     * @param startTls whether nothing is said before the connection is encrypted ({@code PATCHBAY_MAIL_START_TLS})
     * @param every how often the outbox is looked through
     */
    record Mail(
            @DefaultValue("") String host,
            @DefaultValue("587") int port,
            @DefaultValue("") String user,
            @DefaultValue("") String password,
            @DefaultValue("patchbay@localhost") String from,
            @DefaultValue("true") boolean startTls,
            @DefaultValue("1s") Duration every) {

        @Override
        public String toString() {
            return "Mail[" + host + ":" + port + "]";
        }
    }
}
