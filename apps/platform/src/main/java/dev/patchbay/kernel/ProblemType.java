package dev.patchbay.kernel;

/**
 * Every error a caller can meet, in one table: the HTTP status and the stable code of
 * {@code application/problem+json} (RFC 9457). Scripts may rely on the codes.
 */
public enum ProblemType {
    SCHEMA_VIOLATION(400, "schema_violation", "The body does not match its schema"),
    MALFORMED_REQUEST(400, "malformed_request", "The request could not be read"),
    SIGNATURE_INVALID(401, "signature_invalid", "The signature does not belong to this body and key"),
    TIMESTAMP_SKEW(401, "timestamp_skew", "The signature is too old or lies ahead of our clock"),
    UNAUTHENTICATED(401, "unauthenticated", "Nobody is signed in, and no valid service token came along"),
    FORBIDDEN(403, "forbidden", "This token may not do that"),
    SIGN_IN_REFUSED(403, "sign_in_refused", "Nobody was signed in"),
    CONSENT_REFUSED(403, "consent_refused", "The account was not connected"),
    NOT_FOUND(404, "not_found", "There is nothing here"),
    FLOW_NOT_FOUND(404, "flow_not_found", "There is no such flow"),
    RUN_NOT_FOUND(404, "run_not_found", "There is no such run"),
    EVENT_NOT_FOUND(404, "event_not_found", "There is no such event"),
    CONNECTION_NOT_FOUND(404, "connection_not_found", "There is no such connection"),
    CLIENT_NOT_FOUND(404, "client_not_found", "There is no such client"),
    USER_NOT_FOUND(404, "user_not_found", "There is no such user"),
    GROUP_NOT_FOUND(404, "group_not_found", "There is no such group"),
    ROLE_NOT_FOUND(404, "role_not_found", "There is no such role"),
    ASSIGNMENT_NOT_FOUND(404, "assignment_not_found", "There is no such assignment"),
    SESSION_NOT_FOUND(404, "session_not_found", "There is no such session"),
    INVITATION_NOT_FOUND(404, "invitation_not_found", "There is no such open invitation"),
    TENANT_NOT_FOUND(404, "tenant_not_found", "There is no such agency"),
    TOKEN_NOT_FOUND(404, "token_not_found", "There is no such service token"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", "This address does not take that method"),
    NOT_ACCEPTABLE(406, "not_acceptable", "This address answers JSON"),
    REQUEST_TIMEOUT(408, "request_timeout", "The body did not arrive in time"),
    FLOW_STATE_CONFLICT(409, "flow_state_conflict", "The flow is not in a state that allows this"),
    RUN_STATE_CONFLICT(409, "run_state_conflict", "The run is not in a state that allows this"),
    CONNECTION_STATE_CONFLICT(409, "connection_state_conflict", "The connection is not in a state that allows this"),
    ACCESS_CONFLICT(409, "access_conflict", "This cannot be done to who may do what"),
    PERSON_UNDER_WAY(409, "person_under_way", "Something of this person is still going on"),
    IDEMPOTENCY_CONFLICT(409, "idempotency_conflict", "This Idempotency-Key was used with another body"),
    IDEMPOTENCY_IN_PROGRESS(409, "idempotency_in_progress", "The request with this Idempotency-Key is under way"),
    IDEMPOTENCY_UNREPEATABLE(409, "idempotency_unrepeatable", "The answer to this Idempotency-Key is not kept"),
    PAYLOAD_TOO_LARGE(413, "payload_too_large", "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type", "This address does not take that content type"),
    CONNECTION_INVALID(422, "connection_invalid", "The connection has problems"),
    FLOW_INVALID(422, "flow_invalid", "The flow has problems"),
    VARIABLES_INVALID(422, "variables_invalid", "The variables do not fit"),
    RATE_LIMITED(429, "rate_limited", "There were too many requests"),
    NOT_STORED(429, "not_stored", "Nothing was stored; please send it again"),
    INTERNAL(500, "internal", "Something went wrong on our side"),
    PROVIDER_ERROR(502, "provider_error", "The provider did not answer as it should");

    private final int status;
    private final String name;
    private final String title;

    ProblemType(int status, String name, String title) {
        this.status = status;
        this.name = name;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /** The code that scripts rely on, for example {@code 401.signature_invalid}. */
    public String code() {
        return status + "." + name;
    }

    public String title() {
        return title;
    }
}
