package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A notice that its publisher got wrong is refused at once. */
class NoticeTests {

    private static final TenantScope SCOPE = TenantScope.of(new TenantId("tnt_1"));

    private static Notice draftReady(String subject, String key, String draft) {
        return new Notice(SCOPE, NoticeTopic.DRAFT_READY, subject, key, Map.of("draft", draft));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "201, 1", "1, 0", "1, 201"})
    void subjectAndKeyHaveOneTo200Characters(int subject, int key) {
        assertThatThrownBy(() -> draftReady("s".repeat(subject), "k".repeat(key), "book"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 200 characters");
    }

    @Test
    void subjectAndKeyMayHave200Characters() {
        assertThat(draftReady("s".repeat(200), "k".repeat(200), "book").key()).hasSize(200);
    }

    @Test
    void onlyCriticalTopicsHaveCriticalNotices() {
        Notice notice = draftReady("draft/1", "1", "book");

        assertThat(notice.severity()).isEqualTo(NoticeSeverity.INFO);
        assertThat(notice.withSeverity(NoticeSeverity.WARNING).severity()).isEqualTo(NoticeSeverity.WARNING);
        assertThatThrownBy(() -> notice.withSeverity(NoticeSeverity.CRITICAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("draft-ready is not critical");
    }

    @Test
    void theTextsOfTheTopicHaveToBeThere() {
        assertThatThrownBy(() -> new Notice(SCOPE, NoticeTopic.DRAFT_READY, "draft/1", "1", Map.of("name", "book")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs [draft]");
    }

    @Test
    void longTextsAreShortenedTo300Characters() {
        assertThat(draftReady("draft/1", "1", "a ".repeat(150)).data().get("draft"))
                .isEqualTo("a ".repeat(150));
        assertThat(draftReady("draft/1", "1", "a ".repeat(151)).data().get("draft"))
                .hasSize(300)
                .endsWith("…");
    }

    @Test
    void aPersonalNoticeNamesItsRecipient() {
        var person = new UserId("usr_1");

        assertThat(draftReady("draft/1", "1", "book").onlyTo(person).recipient())
                .isEqualTo(Optional.of(person));
    }
}
