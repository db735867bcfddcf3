package dev.patchbay.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A fact that people should learn of. A context publishes it as an application event in the transaction of the fact; the
 * notifications context stores it in the same transaction and tells each person who may read the subject, once on each channel.
 * A notice of the same tenant, topic and key is stored once, however often it is published. It must hold no personal data of
 * callers: notices are mailed and texted.
 *
 * @param scope the tenant, or the one client concerned
 * @param subject the resource concerned, for example {@code connection/con_01…}; more than ten notices of a topic and subject in
 *     ten minutes become one
 * @param key names the fact, at most 200 characters, for example {@code con_01… 2026-11-30T10:02:00Z}
 * @param severity {@code CRITICAL} only for a topic that is critical
 * @param data the texts that stand in the sentences of the topic, redacted and at most 300 characters each
 * @param recipient the only person who is told; empty: everybody who may read the subject
 */
public record Notice(
        TenantScope scope,
        NoticeTopic topic,
        String subject,
        String key,
        NoticeSeverity severity,
        SortedMap<String, String> data,
        Optional<UserId> recipient) {

    private static final int MAX_KEY_LENGTH = 200;
    private static final int MAX_TEXT_LENGTH = 300;

    /** @throws IllegalArgumentException when the publisher is wrong about the topic or the key: a bug */
    public Notice {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || subject.isEmpty() || subject.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "key and subject of a notice have 1 to " + MAX_KEY_LENGTH + " characters");
        }
        if (severity == NoticeSeverity.CRITICAL && topic.severity() != NoticeSeverity.CRITICAL) {
            throw new IllegalArgumentException("the topic " + topic.label() + " is not critical");
        }
        if (!data.keySet().containsAll(topic.dataNames())) {
            throw new IllegalArgumentException("the topic " + topic.label() + " needs " + topic.dataNames());
        }
        data = data.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> shorten(Redaction.redact(entry.getValue())),
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** A notice for everybody who may read the subject, with the severity of its topic. */
    public Notice(TenantScope scope, NoticeTopic topic, String subject, String key, Map<String, String> data) {
        this(scope, topic, subject, key, topic.severity(), new TreeMap<>(data), Optional.empty());
    }

    /** The same notice with another severity. */
    public Notice withSeverity(NoticeSeverity other) {
        return new Notice(scope, topic, subject, key, other, data, recipient);
    }

    /** The same notice for one person only, an active user of the tenant. */
    public Notice onlyTo(UserId person) {
        return new Notice(scope, topic, subject, key, severity, data, Optional.of(person));
    }

    private static String shorten(String text) {
        return text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH - 1) + "…";
    }
}
