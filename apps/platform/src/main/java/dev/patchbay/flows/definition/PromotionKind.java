package dev.patchbay.flows.definition;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a version became the active one. Written in lower case in the database and in JSON. */
public enum PromotionKind {
    /** It was a draft. */
    PROMOTED(FlowState.DRAFT),
    /** It was a retired version. */
    ROLLED_BACK(FlowState.RETIRED);

    private final FlowState from;

    PromotionKind(FlowState from) {
        this.from = from;
    }

    /** The state that the version must have before. */
    public FlowState from() {
        return from;
    }

    /** The kind with this code. */
    static PromotionKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** As it appears in answers and in the audit trail, for example {@code rolled_back}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
