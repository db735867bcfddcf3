package dev.patchbay.notifications.internal;

import dev.patchbay.iam.spi.InvitationMail;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.notifications.Mail;
import dev.patchbay.notifications.Mailer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Sends the mail of an invitation. */
@Component
final class InvitationMailer implements InvitationMail {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Mailer mailer;

    InvitationMailer(Mailer mailer) {
        this.mailer = mailer;
    }

    @Override
    public void send(TenantId tenant, InvitationEmail email) {
        mailer.send(
                tenant,
                new Mail(
                        email.email(), "You are invited to " + agency(email), text(email), html(email), email.until()));
    }

    /** The agency's name without line breaks and control characters: it stands in a header and in the text. */
    private static String agency(InvitationEmail email) {
        return email.agency().replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
    }

    private static String text(InvitationEmail email) {
        return String.join(
                "\n",
                "Hello " + email.name() + ",",
                "",
                agency(email)
                        + " invites you to work with it in Patchbay. To accept, open this link and sign in with this e-mail address:",
                "",
                email.link().toString(),
                "",
                closing(email),
                "");
    }

    private static String closing(InvitationEmail email) {
        return "The link works once, until " + DAY.format(email.until())
                + ". If you did not expect this mail, you can ignore it.";
    }

    private static String html(InvitationEmail email) {
        return String.join(
                "\n",
                "<!doctype html>",
                "<html lang=\"en\"><body>",
                "<p>Hello " + HtmlUtils.htmlEscape(email.name()) + ",</p>",
                "<p>" + HtmlUtils.htmlEscape(agency(email)) + " invites you to work with it in Patchbay.</p>",
                "<p><a href=\"" + HtmlUtils.htmlEscape(email.link().toString())
                        + "\">Accept and sign in</a> with this e-mail address.</p>",
                "<p>" + closing(email) + "</p>",
                "</body></html>",
                "");
    }
}
