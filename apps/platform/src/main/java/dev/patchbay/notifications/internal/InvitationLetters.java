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
        // What people called themselves ends no line of a header.
        String agency = letter.agency().replaceAll("\\p{Cntrl}", " ");
        mailer.send(tenant, new Mail(letter.email(), "You are invited to " + agency, text(letter), html(letter)));
    }

    private static String text(Letter letter) {
        return """
                Hello %s,

                %s invites you to work with it in Patchbay. Follow this link and sign in with this address:

                %s

                The link works once, until %s. If you do not know what this is about, do nothing.
                """.formatted(letter.name(), letter.agency(), letter.link(), DAY.format(letter.until()));
    }

    private static String html(Letter letter) {
        return """
                <!doctype html>
                <html lang="en"><body>
                <p>Hello %s,</p>
                <p>%s invites you to work with it in Patchbay.</p>
                <p><a href="%s">Accept and sign in</a> with this address.</p>
                <p>The link works once, until %s. If you do not know what this is about, do nothing.</p>
                </body></html>
                """.formatted(
                        HtmlUtils.htmlEscape(letter.name()),
                        HtmlUtils.htmlEscape(letter.agency()),
                        HtmlUtils.htmlEscape(letter.link().toString()),
                        DAY.format(letter.until()));
    }
}
