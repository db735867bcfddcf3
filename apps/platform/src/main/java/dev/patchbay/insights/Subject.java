package dev.patchbay.insights;

import com.fasterxml.jackson.annotation.JsonValue;

/** The subject of a timeline: a person, a call, a contact, an appointment, a text or a run. */
public record Subject(Type type, String value) {

    /** How to read the value. */
    public enum Type {
        /** Any of the others; the value decides. */
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

        /** Its name in requests and in responses. */
        @JsonValue
        public String parameter() {
            return parameter;
        }
    }
}
