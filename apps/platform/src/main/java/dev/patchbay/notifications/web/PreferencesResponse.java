package dev.patchbay.notifications.web;

import dev.patchbay.kernel.NoticeSeverity;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.notifications.NoticePreferences;
import dev.patchbay.notifications.PhoneConfirmation.Phone;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes a person's preferences, with every topic.
 *
 * @param phone the phone; null without a number
 */
record PreferencesResponse(
        String zone,
        @Nullable QuietHoursResponse quietHours,
        List<String> digestAt,
        List<TopicResponse> topics,
        @Nullable PhoneResponse phone) {

    record QuietHoursResponse(String from, String to) {}

    /**
     * @param critical whether it is mailed at once regardless of a person's choice
     * @param mail {@code off}, {@code now} or {@code digest}
     * @param sms whether it is texted at once to a confirmed number; notices of other critical topics are texted only when no
     *     server accepts their mail
     */
    record TopicResponse(String topic, boolean critical, String mail, boolean sms) {}

    /** @param number the last two digits */
    record PhoneResponse(String number, boolean confirmed) {}

    static PreferencesResponse of(NoticePreferences preferences, Optional<Phone> phone) {
        return new PreferencesResponse(
                preferences.zone().getId(),
                preferences
                        .quietHours()
                        .map(hours -> new QuietHoursResponse(
                                hours.from().toString(), hours.to().toString()))
                        .orElse(null),
                preferences.digestAt().stream().map(Object::toString).toList(),
                Arrays.stream(NoticeTopic.values())
                        .map(topic -> topic(preferences, topic))
                        .toList(),
                phone.map(PreferencesResponse::phone).orElse(null));
    }

    private static TopicResponse topic(NoticePreferences preferences, NoticeTopic topic) {
        return new TopicResponse(
                topic.label(),
                topic.severity() == NoticeSeverity.CRITICAL,
                preferences.choice(topic, topic.severity()).name().toLowerCase(Locale.ROOT),
                topic.isTexted());
    }

    private static PhoneResponse phone(Phone phone) {
        String number = phone.number().e164();
        return new PhoneResponse("…" + number.substring(number.length() - 2), phone.confirmed());
    }
}
