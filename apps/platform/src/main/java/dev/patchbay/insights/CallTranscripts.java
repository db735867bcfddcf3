package dev.patchbay.insights;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Transcripts of calls. Each reading is an entry of the audit trail. */
public interface CallTranscripts {

    /** @param callId the voice provider's */
    record Transcript(String callId, List<Utterance> utterances) {}

    /** The party that spoke. */
    enum Speaker {
        AGENT,
        CALLER;

        /** As it appears in answers, for example {@code caller}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param text as the voice provider wrote it down */
    record Utterance(Speaker speaker, String text) {}

    /**
     * The transcript of a call, read by a person.
     *
     * @param reader the subject of the audit entry
     * @return empty when no such call is within the scope, or nothing of what was said is kept
     */
    Optional<Transcript> read(TenantScope scope, String reader, String callId);
}
