package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.Settings;
import dev.patchbay.notifications.Mail;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Writes the mails and texts of notices. They hold the notice's sentences and a link to the portal, and no personal data. */
@Component
class NoticeMailWriter {

    /** Longer than the outbox tries to send a mail. */
    private static final Duration LIFETIME = Duration.ofDays(3);

    private static final int MAX_SMS_LENGTH = 300;
    private static final int REFERENCE_LENGTH = 8;
    private static final int MAX_NOTICES_IN_DIGEST = 100;

    private final URI list;

    NoticeMailWriter(Settings settings) {
        this.list = URI.create(settings.publicUrl() + "/notices");
    }

    /** @param notices one for a mail of its own, more for a digest */
    Mail write(String to, List<StoredNotice> notices, Instant now) {
        String subject = notices.size() == 1
                ? NoticeTexts.title(notices.getFirst())
                : notices.size() + " notices: " + NoticeTexts.title(notices.getFirst()) + " and more";
        var shown = notices.stream().limit(MAX_NOTICES_IN_DIGEST).toList();
        int left = notices.size() - shown.size();
        String rest = left == 0 ? "" : left + " more are in the list.";
        return new Mail(to, "Patchbay: " + subject, text(shown, rest), html(shown, rest), now.plus(LIFETIME));
    }

    /**
     * The text of one notice: the same in every attempt, hence without the count of a summary, and unlike any other, so that the
     * carrier's list shows which text it was.
     */
    String writeSms(StoredNotice notice, String deliveryId, boolean withLink) {
        String reference = deliveryId.substring(deliveryId.length() - REFERENCE_LENGTH);
        String end = "." + (withLink ? " " + list : "") + " (" + reference + ")";
        String text = "Patchbay: " + NoticeTexts.title(notice.withoutCount());
        return text.substring(0, Math.min(text.length(), MAX_SMS_LENGTH - end.length())) + end;
    }

    private String text(List<StoredNotice> notices, String rest) {
        return notices.stream()
                        .map(notice -> NoticeTexts.title(notice) + "\n" + NoticeTexts.text(notice))
                        .collect(Collectors.joining("\n\n"))
                + "\n\n" + rest + (rest.isEmpty() ? "" : "\n") + "All notices: " + list + "\n";
    }

    private String html(List<StoredNotice> notices, String rest) {
        return "<!doctype html>\n<html lang=\"en\"><body>\n"
                + notices.stream()
                        .map(notice -> "<h2>" + escape(NoticeTexts.title(notice)) + "</h2>\n<p>"
                                + escape(NoticeTexts.text(notice)) + "</p>\n")
                        .collect(Collectors.joining())
                + (rest.isEmpty() ? "" : "<p>" + rest + "</p>\n")
                + "<p><a href=\"" + escape(list.toString()) + "\">All notices</a></p>\n</body></html>\n";
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
