package dev.patchbay.notifications.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The SMTP server. */
@ConfigurationProperties("patchbay")
record MailSettings(@DefaultValue Mail mail) {

    /**
     * The settings under {@code patchbay.mail}.
     *
     * @param host of the SMTP server ({@code PATCHBAY_MAIL_HOST}); while it is empty, mails stay queued
     * @param port by default 587, with STARTTLS ({@code PATCHBAY_MAIL_PORT}); 465 uses implicit TLS
     * @param user empty for a server that requires none ({@code PATCHBAY_MAIL_USER}, {@code PATCHBAY_MAIL_PASSWORD})
     * @param from the sender address ({@code PATCHBAY_MAIL_FROM})
     * @param startTls whether STARTTLS is required ({@code PATCHBAY_MAIL_START_TLS})
     * @param interval between two runs of the dispatcher ({@code PATCHBAY_MAIL_INTERVAL})
     */
    record Mail(
            @DefaultValue("") String host,
            @DefaultValue("587") int port,
            @DefaultValue("") String user,
            @DefaultValue("") String password,
            @DefaultValue("patchbay@localhost") String from,
            @DefaultValue("true") boolean startTls,
            @DefaultValue("1s") Duration interval) {

        @Override
        public String toString() {
            return "Mail[" + host + ":" + port + "]";
        }
    }
}
