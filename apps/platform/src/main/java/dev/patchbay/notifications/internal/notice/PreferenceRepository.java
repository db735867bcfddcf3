package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.notifications.DeliveryChoice;
import dev.patchbay.notifications.NoticePreferences;
import dev.patchbay.notifications.QuietHours;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code notice_preference}, in the tenant's transaction. */
@Repository
class PreferenceRepository {

    private final JdbcClient jdbc;

    PreferenceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<NoticePreferences> find(TenantId tenant, UserId person) {
        return jdbc.sql("SELECT choices FROM patchbay.notice_preference WHERE tenant_id = :tenant AND user_id = :user")
                .param("tenant", tenant.value())
                .param("user", person.value())
                .query(String.class)
                .optional()
                .map(text -> read(Json.read(text)));
    }

    void save(TenantId tenant, UserId person, NoticePreferences preferences) {
        jdbc.sql("""
                        INSERT INTO patchbay.notice_preference (tenant_id, user_id, choices)
                        VALUES (:tenant, :user, :choices::jsonb)
                        ON CONFLICT (tenant_id, user_id) DO UPDATE SET choices = excluded.choices""")
                .param("tenant", tenant.value())
                .param("user", person.value())
                .param("choices", Json.write(write(preferences)))
                .update();
    }

    static ObjectNode write(NoticePreferences preferences) {
        ObjectNode tree = Json.object().put("zone", preferences.zone().getId());
        preferences
                .quietHours()
                .ifPresent(quiet -> tree.putObject("quietHours")
                        .put("from", quiet.from().toString())
                        .put("to", quiet.to().toString()));
        var digests = tree.putArray("digestAt");
        preferences.digestAt().forEach(time -> digests.add(time.toString()));
        var mail = tree.putObject("mail");
        preferences.mail().forEach((topic, choice) -> mail.put(topic.label(), choice.name()));
        return tree;
    }

    private static NoticePreferences read(JsonNode tree) {
        Map<NoticeTopic, DeliveryChoice> mail = new EnumMap<>(NoticeTopic.class);
        // A topic that this version does not know any more is left out.
        tree.path("mail")
                .propertyStream()
                .forEach(member -> NoticeTopic.findByLabel(member.getKey())
                        .ifPresent(topic -> mail.put(
                                topic, DeliveryChoice.valueOf(member.getValue().asString()))));
        JsonNode quiet = tree.path("quietHours");
        return new NoticePreferences(
                ZoneId.of(tree.path("zone").asString()),
                quiet.isObject()
                        ? Optional.of(new QuietHours(time(quiet.path("from")), time(quiet.path("to"))))
                        : Optional.empty(),
                tree.path("digestAt")
                        .valueStream()
                        .map(PreferenceRepository::time)
                        .toList(),
                mail);
    }

    private static LocalTime time(JsonNode text) {
        return LocalTime.parse(text.asString());
    }
}
