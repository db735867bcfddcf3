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

/** What an invitation says. */
@Component
final class InvitationMailer implements InvitationMail {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Mailer mailer;

    InvitationMailer(Mailer mailer) {
        this.mailer = mailer;
    }

    @Override
    public void send(TenantId tenant, InvitationEmail invitationEmail) {
        mailer.send(
                tenant,
                new Mail(
                        invitationEmail.email(),
                        "You are invited to " + agency(invitationEmail),
                        text(invitationEmail),
                        html(invitationEmail),
                        invitationEmail.until()));
    }

    /** What an agency calls itself ends no line, of a header or of what is said in its name. */
    private static String agency(InvitationEmail invitationEmail) {
        return invitationEmail.agency().replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
    }

    private static String text(InvitationEmail invitationEmail) {
        return String.join(
                "\n",
                "Hello " + invitationEmail.name() + ",",
                "",
                agency(invitationEmail)
                        + " invites you to work with it in Patchbay. Follow this link and sign in with this address:",
                "",
                invitationEmail.link().toString(),
                "",
                end(invitationEmail),
                "");
    }

    private static String end(InvitationEmail invitationEmail) {
        return "The link works once, until " + DAY.format(invitationEmail.until())
                + ". If you do not know what this is about, do nothing.";
    }

    private static String html(InvitationEmail invitationEmail) {
        return String.join(
                "\n",
                "<!doctype html>",
                "<html lang=\"en\"><body>",
                "<p>Hello " + HtmlUtils.htmlEscape(invitationEmail.name()) + ",</p>",
                "<p>" + HtmlUtils.htmlEscape(agency(invitationEmail)) + " invites you to work with it in Patchbay.</p>",
                "<p><a href=\"" + HtmlUtils.htmlEscape(invitationEmail.link().toString())
                        + "\">Accept and sign in</a> with this address.</p>",
                "<p>" + end(invitationEmail) + "</p>",
                "</body></html>",
                "");
    }
}
