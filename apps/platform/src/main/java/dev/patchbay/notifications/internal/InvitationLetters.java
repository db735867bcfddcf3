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
final class InvitationLetters implements InvitationMail {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Mailer mailer;

    InvitationLetters(Mailer mailer) {
        this.mailer = mailer;
    }

    @Override
    public void send(TenantId tenant, Letter letter) {
        mailer.send(
                tenant,
                new Mail(
                        letter.email(),
                        "You are invited to " + agency(letter),
                        text(letter),
                        html(letter),
                        letter.until()));
    }

    /** What an agency calls itself ends no line, of a header or of what is said in its name. */
    private static String agency(Letter letter) {
        return letter.agency().replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
    }

    private static String text(Letter letter) {
        return String.join(
                "\n",
                "Hello " + letter.name() + ",",
                "",
                agency(letter)
                        + " invites you to work with it in Patchbay. Follow this link and sign in with this address:",
                "",
                letter.link().toString(),
                "",
                end(letter),
                "");
    }

    private static String end(Letter letter) {
        return "The link works once, until " + DAY.format(letter.until())
                + ". If you do not know what this is about, do nothing.";
    }

    private static String html(Letter letter) {
        return String.join(
                "\n",
                "<!doctype html>",
                "<html lang=\"en\"><body>",
                "<p>Hello " + HtmlUtils.htmlEscape(letter.name()) + ",</p>",
                "<p>" + HtmlUtils.htmlEscape(agency(letter)) + " invites you to work with it in Patchbay.</p>",
                "<p><a href=\"" + HtmlUtils.htmlEscape(letter.link().toString())
                        + "\">Accept and sign in</a> with this address.</p>",
                "<p>" + end(letter) + "</p>",
                "</body></html>",
                "");
    }
}
