package dev.patchbay.prompts.format;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The kind of Retell object that holds an agent's prompt. */
public enum Engine {
    RETELL_LLM("retell-llm", "llm_id", "llm", "general_prompt"),
    CONVERSATION_FLOW("conversation-flow", "conversation_flow_id", "conversation_flow", "global_prompt");

    private final String wireName;
    private final String idMember;
    private final String bundleMember;
    private final String generalMember;

    Engine(String wireName, String idMember, String bundleMember, String generalMember) {
        this.wireName = wireName;
        this.idMember = idMember;
        this.bundleMember = bundleMember;
        this.generalMember = generalMember;
    }

    public static Optional<Engine> find(String wireName) {
        return Arrays.stream(values())
                .filter(engine -> engine.wireName.equals(wireName))
                .findFirst();
    }

    /** As {@code response_engine.type} spells it. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The member of {@code response_engine} with its id. */
    public String idMember() {
        return idMember;
    }

    /** The member that holds it beside {@code agent} in an import. */
    public String bundleMember() {
        return bundleMember;
    }

    /** The member with the text that is always said: the part {@code general}. */
    String generalMember() {
        return generalMember;
    }
}
