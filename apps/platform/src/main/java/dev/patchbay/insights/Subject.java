package dev.patchbay.insights;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whom or what a timeline is about. */
public record Subject(Sort type, String value) {

    /** How the value is to be understood. */
    public enum Sort {
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

        Sort(String parameter) {
            this.parameter = parameter;
        }

        /** What it is called in a request and in an answer. */
        @JsonValue
        public String parameter() {
            return parameter;
        }
    }
}
