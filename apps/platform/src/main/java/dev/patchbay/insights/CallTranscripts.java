package dev.patchbay.insights;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads transcripts of calls. Each reading is recorded in the audit trail. */
public interface CallTranscripts {

    /** @param callId the voice provider's id */
    record Transcript(String callId, List<Utterance> utterances) {}

    /** The party that spoke. */
    enum Speaker {
        AGENT,
        CALLER;

        /** Returns the speaker as the API writes it, for example {@code caller}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param text the words as the voice provider wrote them down */
    record Utterance(Speaker speaker, String text) {}

    /**
     * Returns the transcript of a call for a person.
     *
     * @param reader the subject of the audit entry
     * @return empty when no such call is within the scope, or when no spoken words of it are stored
     */
    Optional<Transcript> read(TenantScope scope, String reader, String callId);
}
