package dev.patchbay.notifications.internal.notice;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of notices, from the bundle {@code messages/notice}, with the notice's data in place of {@code {name}}. */
final class NoticeTexts {

    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("messages.notice", Locale.ROOT);
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

    private NoticeTexts() {}

    /** One line without a full stop. */
    static String title(StoredNotice notice) {
        String title = fill(notice, "title");
        return notice.summary() ? fill("summary.title", "title", title, notice.facts()) : title;
    }

    /** One or two sentences. */
    static String text(StoredNotice notice) {
        String text = fill(notice, "text");
        return notice.summary() ? fill("summary.text", "text", text, notice.facts()) : text;
    }

    private static String fill(String key, String name, String value, int facts) {
        return BUNDLE.getString(key).replace("{count}", String.valueOf(facts)).replace("{" + name + "}", value);
    }

    private static String fill(StoredNotice notice, String part) {
        return NAME.matcher(BUNDLE.getString(notice.topic().label() + "." + part))
                .replaceAll(name ->
                        Matcher.quoteReplacement(singleLine(notice.data().getOrDefault(name.group(1), "?"))));
    }

    /** Without line breaks and control characters: titles stand in headers of mails. */
    private static String singleLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
    }
}
