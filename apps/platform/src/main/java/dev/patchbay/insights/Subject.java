package dev.patchbay.insights;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whom or what a timeline is about. */
public record Subject(Type type, String value) {

    /** How the value is to be understood. */
    public enum Type {
        /** Whatever it turns out to be. */
        ANYTHING("q"),
        PHONE("phone"),
        CALL("callId"),
        CORRELATION("correlationId"),
        CONTACT("contactId"),
        APPOINTMENT("appointmentId"),
        RUN("runId"),
        MESSAGE("messageId");

        private final String parameter;

        Type(String parameter) {
            this.parameter = parameter;
        }

        /** What it is called in a request and in an answer. */
        @JsonValue
        public String parameter() {
            return parameter;
        }
    }
}
