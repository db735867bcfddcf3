package dev.patchbay.notifications.internal.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.NoticeSeverity;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoticeMailWriterTests {

    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
    private static final String LIST = "https://patchbay.example/notices";

    private final NoticeMailWriter writer = new NoticeMailWriter(
            new Settings(Environment.DEV, URI.create("https://patchbay.example"), Path.of("."), Set.of("api")));

    private static StoredNotice draftReady(String draft) {
        return new StoredNotice(
                new TenantId("tnt_1"),
                "ntc_1",
                Optional.empty(),
                NoticeTopic.DRAFT_READY,
                "draft/1",
                NoticeSeverity.INFO,
                Map.of("draft", draft),
                Optional.empty(),
                1,
                false,
                NOW,
                NOW,
                true);
    }

    @Test
    void aMailOfOneNoticeHasItsTitle() {
        var mail = writer.write("ada@example.com", List.of(draftReady("<book>")), NOW);

        assertThat(mail.subject()).startsWith("Patchbay: ").doesNotContain("and more");
        assertThat(mail.text()).contains("All notices: " + LIST).doesNotContain("more are in the list");
        assertThat(mail.html()).contains("&lt;book&gt;").doesNotContain("more are in the list");
    }

    @Test
    void aDigestShows100NoticesAndCountsTheRest() {
        var mail = writer.write("ada@example.com", Collections.nCopies(103, draftReady("book")), NOW);

        assertThat(mail.subject()).startsWith("Patchbay: 103 notices: ").endsWith(" and more");
        assertThat(mail.text()).contains("3 more are in the list.\nAll notices: " + LIST);
        assertThat(mail.html()).contains("<p>3 more are in the list.</p>");
        assertThat(mail.html().split("<h2>", -1)).hasSize(101);
    }

    @Test
    void aTextEndsWithItsReferenceAndMayCarryALink() {
        assertThat(writer.writeSms(draftReady("book"), "ntd_0123456789", true)).endsWith(". " + LIST + " (23456789)");
        assertThat(writer.writeSms(draftReady("book"), "ntd_0123456789", false))
                .endsWith(". (23456789)")
                .doesNotContain(LIST);
        assertThat(writer.writeSms(draftReady("b".repeat(300)), "ntd_0123456789", true))
                .hasSize(300)
                .endsWith(LIST + " (23456789)");
    }
}
