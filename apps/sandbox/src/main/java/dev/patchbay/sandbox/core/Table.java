package dev.patchbay.sandbox.core;

/**
 * Lists the tables of the {@link Store}. Their names are written to disk, so renaming a table loses the records of earlier
 * versions.
 */
public enum Table {
    RETELL_ACCOUNTS("retell", true),
    RETELL_AGENTS("retell", true),
    RETELL_OWNERS("retell", true),
    RETELL_VERSIONS("retell", true),
    RETELL_ENGINES("retell", true),
    RETELL_NUMBERS("retell", true),
    RETELL_CALLS("retell", false),
    RETELL_PROMPTS("retell", false),
    RETELL_MONTHS("retell", false),
    RETELL_VANISHED("retell", false),
    RETELL_PLANTS("retell", false),
    RETELL_DELIVERIES("retell", false),
    RETELL_LOG("retell", false),
    HIGHLEVEL_CLIENTS("highlevel", true),
    HIGHLEVEL_LOCATIONS("highlevel", true),
    HIGHLEVEL_GRANTS("highlevel", true),
    HIGHLEVEL_TOKENS("highlevel", true),
    HIGHLEVEL_CONTACTS("highlevel", false),
    HIGHLEVEL_CUSTOM_FIELDS("highlevel", true),
    HIGHLEVEL_NOTES("highlevel", false),
    HIGHLEVEL_OPPORTUNITIES("highlevel", false),
    HIGHLEVEL_APPOINTMENTS("highlevel", false),
    HIGHLEVEL_CONVERSATIONS("highlevel", false),
    HIGHLEVEL_MESSAGES("highlevel", false),
    HIGHLEVEL_DELIVERIES("highlevel", false),
    HIGHLEVEL_LOG("highlevel", false),
    GOOGLE_CLIENTS("google", true),
    GOOGLE_ACCOUNTS("google", true),
    GOOGLE_GRANTS("google", true),
    GOOGLE_TOKENS("google", true),
    GOOGLE_SIGN_INS("google", true),
    GOOGLE_PEOPLE("google", true),
    GOOGLE_CODES("google", false),
    GOOGLE_KEYS("google", true),
    GOOGLE_EVENTS("google", false),
    GOOGLE_LOG("google", false),
    TWILIO_ACCOUNTS("twilio", true),
    TWILIO_MESSAGES("twilio", false),
    TWILIO_PRICES("twilio", false),
    TWILIO_CALLBACKS("twilio", false),
    TWILIO_OPT_OUTS("twilio", false),
    TWILIO_DELIVERIES("twilio", false),
    TWILIO_LOG("twilio", false),
    STRIPE_ACCOUNTS("stripe", true),
    STRIPE_OWNERS("stripe", false),
    STRIPE_EVENTS("stripe", false),
    STRIPE_DELIVERIES("stripe", false),
    STRIPE_LOG("stripe", false),
    MAIL_RECEIVED("mail", false),
    N8N_ACCOUNTS("n8n", true),
    N8N_LOG("n8n", false),
    OPENROUTER_ACCOUNTS("openrouter", true),
    OPENROUTER_GENERATIONS("openrouter", false),
    OPENROUTER_LOG("openrouter", false);

    private final String provider;
    private final boolean survivesReset;

    Table(String provider, boolean survivesReset) {
        this.provider = provider;
        this.survivesReset = survivesReset;
    }

    /** Returns the provider whose journal holds the records. */
    public String provider() {
        return provider;
    }

    /**
     * Says whether the records survive a reset: accounts, agents and tokens do; calls, messages, events, deliveries and logs do
     * not.
     */
    boolean survivesReset() {
        return survivesReset;
    }
}
