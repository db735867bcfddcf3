package dev.patchbay.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * The error types of the API, in one table: HTTP status and code of {@code application/problem+json} (RFC 9457), title, meaning
 * and remedy. Codes are stable, so scripts may rely on them. Each type has a page at {@code /problems/{name}}, and all of them
 * are listed in docs/problems.md.
 */
public enum ProblemType {
    SCHEMA_VIOLATION(
            400,
            "schema_violation",
            "The body does not match its schema",
            "A member of the body is missing, has the wrong type or the wrong form.",
            "Correct the members that `problems` lists by their path, and send the request again."),
    MALFORMED_REQUEST(
            400,
            "malformed_request",
            "The request could not be read",
            "The body is not valid JSON, or a parameter, header or member has a value that is not allowed.",
            "Correct what `detail` names, and send the request again."),
    SIGNATURE_INVALID(
            401,
            "signature_invalid",
            "The signature does not match the body and the key",
            "A webhook was not signed with the key of the connection that its address belongs to. Unknown addresses are answered in the same way.",
            "Copy the webhook address from the connection once more, and compare the signing key at the provider with the one of the connection."),
    TIMESTAMP_SKEW(
            401,
            "timestamp_skew",
            "The signature's time is too far from the server's time",
            "A webhook was signed with the right key, but its time is too long ago or lies in the future.",
            "Sign each webhook when it is sent, and set the clocks of both servers by NTP."),
    UNAUTHENTICATED(
            401,
            "unauthenticated",
            "Sign-in or a service token is required",
            "The request carries no session and no service token, or one that has expired or was revoked.",
            "Sign in, or send `Authorization: Bearer <service token>`."),
    FORBIDDEN(
            403,
            "forbidden",
            "The permission for this request is missing",
            "The caller is known, but may not do this: mostly because its roles or its token lack the permission that `detail` names.",
            "Ask an administrator of the agency for a role that includes it, or use a token that does."),
    SIGN_IN_REFUSED(
            403,
            "sign_in_refused",
            "Sign-in was refused",
            "The identity provider authenticated a person who may not sign in here, or did not complete the sign-in.",
            "Use the e-mail address that was invited, or ask an administrator of the agency for an invitation."),
    CONSENT_REFUSED(
            403,
            "consent_refused",
            "The account was not connected",
            "The provider did not grant access, or the link to connect an account has expired or was opened in another browser.",
            "Start connecting the account again, and grant every permission that the provider asks for."),
    NOT_FOUND(
            404,
            "not_found",
            "There is nothing at this path",
            "No resource has this path, or the process that was asked does not serve it.",
            "Check the path against the API's description at `/v3/api-docs`."),
    FLOW_NOT_FOUND(
            404,
            "flow_not_found",
            "There is no such flow",
            "No flow within reach of the caller has this id.",
            "List the flows with `GET /api/v1/flows`, and check that the caller reaches the flow's client."),
    FLAG_NOT_FOUND(
            404,
            "flag_not_found",
            "There is no such feature flag",
            "The registry of this version has no flag of this key, or the flag has no such list entry or change.",
            "List the flags with `GET /api/v1/flags`."),
    RUN_NOT_FOUND(
            404,
            "run_not_found",
            "There is no such run",
            "No run within reach of the caller has this id.",
            "List the runs with `GET /api/v1/runs`, and check that the caller reaches the run's client."),
    EVENT_NOT_FOUND(
            404,
            "event_not_found",
            "There is no such event",
            "No event within reach of the caller has this id, or what was asked for is no longer kept.",
            "List the events with `GET /api/v1/events`, and check that the caller reaches the event's client."),
    PROVIDER_INVOICE_NOT_FOUND(
            404,
            "provider_invoice_not_found",
            "There is no such provider invoice or difference",
            "No provider invoice of the agency has this id, or it has no difference with this key.",
            "List the invoices with `GET /api/v1/usage/provider-invoices`, and their differences below them."),
    CONNECTION_NOT_FOUND(
            404,
            "connection_not_found",
            "There is no such connection",
            "No connection of the agency has this id.",
            "List the connections with `GET /api/v1/connections`."),
    PROMPT_NOT_FOUND(
            404,
            "prompt_not_found",
            "There is no such prompt",
            "No template, client's prompt or release within reach of the caller has this id or version.",
            "List them with `GET /api/v1/prompts/templates` and `GET /api/v1/prompts/instances`."),
    PLAN_NOT_FOUND(
            404,
            "plan_not_found",
            "There is no such plan or version",
            "No plan of the agency has this id, or it has no version of this number.",
            "List the plans with `GET /api/v1/plans`."),
    SUBSCRIPTION_NOT_FOUND(
            404,
            "subscription_not_found",
            "There is no such subscription or period",
            "No subscription within reach of the caller has this id, or it has no period of this number.",
            "List the subscriptions with `GET /api/v1/subscriptions`."),
    INVOICE_NOT_FOUND(
            404,
            "invoice_not_found",
            "There is no such invoice or line",
            "No invoice within reach of the caller has this id, or it has no line of this number.",
            "List the invoices with `GET /api/v1/invoices`."),
    CLIENT_NOT_FOUND(
            404,
            "client_not_found",
            "There is no such client",
            "No client within reach of the caller has this id.",
            "List the clients with `GET /api/v1/clients`."),
    USER_NOT_FOUND(
            404,
            "user_not_found",
            "There is no such user",
            "No user of the agency has this id.",
            "List the users with `GET /api/v1/users`."),
    GROUP_NOT_FOUND(
            404,
            "group_not_found",
            "There is no such group",
            "No group of the agency has this id.",
            "List the groups with `GET /api/v1/iam/groups`."),
    ROLE_NOT_FOUND(
            404,
            "role_not_found",
            "There is no such role",
            "No role of the agency has this name.",
            "List the roles with `GET /api/v1/iam/roles`."),
    ASSIGNMENT_NOT_FOUND(
            404,
            "assignment_not_found",
            "There is no such assignment",
            "No role assignment of the agency has this id.",
            "List the assignments with `GET /api/v1/iam/assignments`."),
    SESSION_NOT_FOUND(
            404,
            "session_not_found",
            "There is no such session",
            "The session, or the impersonation, does not exist, belongs to another user, or has ended.",
            "List the sessions with `GET /api/v1/sessions`, or sign in again."),
    INVITATION_NOT_FOUND(
            404,
            "invitation_not_found",
            "There is no such open invitation",
            "The invitation does not exist, was accepted, was revoked, or has expired.",
            "List the users with `GET /api/v1/users`, and invite the person again where needed."),
    TENANT_NOT_FOUND(
            404,
            "tenant_not_found",
            "There is no such agency",
            "No agency has this id, or the user does not belong to it.",
            "Choose one of the agencies that `GET /api/v1/me` lists."),
    TOKEN_NOT_FOUND(
            404,
            "token_not_found",
            "There is no such service token",
            "No service token of the agency has this id.",
            "List the service tokens with `GET /api/v1/iam/tokens`."),
    METHOD_NOT_ALLOWED(
            405,
            "method_not_allowed",
            "This path does not support the method",
            "The path exists, but not for this HTTP method.",
            "Check the method against the API's description at `/v3/api-docs`."),
    NOT_ACCEPTABLE(
            406,
            "not_acceptable",
            "This path answers in JSON only",
            "The `Accept` header excludes JSON.",
            "Send `Accept: application/json`, or no such header."),
    REQUEST_TIMEOUT(
            408,
            "request_timeout",
            "The body did not arrive in time",
            "The sender took too long to transmit the body.",
            "Send the request again; if it happens often, look for a slow network or proxy."),
    FLOW_STATE_CONFLICT(
            409,
            "flow_state_conflict",
            "The flow is not in a state that allows this",
            "The flow or one of its versions has a state in which the change is not possible, or the version exists already.",
            "Read the flow again, and choose a change that its state allows; `detail` names the state."),
    FLAG_STATE_CONFLICT(
            409,
            "flag_state_conflict",
            "The feature flag is not in a state that allows this",
            "The flag is switched off already, is not switched off, or the change was decided meanwhile.",
            "Read the flag again with `GET /api/v1/flags/{key}`, and choose a change that its state allows."),
    VERSION_CONFLICT(
            409,
            "version_conflict",
            "The version or revision does not allow this",
            "Somebody else changed the prompt in the meantime, or a release or version exists already, is too low or has a state that excludes the change.",
            "Read the prompt again, and repeat the change on its present revision; `detail` names what stands in the way."),
    RUN_STATE_CONFLICT(
            409,
            "run_state_conflict",
            "The run is not in a state that allows this",
            "The run has moved on, has ended, or waits for something else.",
            "Read the run again, and choose an action that its status allows; `detail` names it."),
    BILLING_STATE_CONFLICT(
            409,
            "billing_state_conflict",
            "The plan, subscription or invoice is not in a state that allows this",
            "A version was approved or retired already, a subscription overlaps another one, a period has not ended, or an invoice was finalized.",
            "Read it again, and choose a change that its state allows; `detail` names what stands in the way."),
    CONNECTION_STATE_CONFLICT(
            409,
            "connection_state_conflict",
            "The connection is not in a state that allows this",
            "The change meets a state that excludes it, for example a connection whose id exists already.",
            "Read the connection again, and act on what `detail` names."),
    ACCESS_CONFLICT(
            409,
            "access_conflict",
            "The change conflicts with a rule of access",
            "The change would, for example, leave the agency without an administrator, or change a role that cannot be changed.",
            "Do what `detail` names first, such as giving another user the role."),
    QUOTA_REACHED(
            409,
            "quota_reached",
            "The agency has as many of these as it may have",
            "Each agency has a greatest number of rows of each kind, such as clients, roles or flows. Nothing was stored.",
            "Delete what is no longer needed; `detail` names the kind and the number."),
    PERSON_UNDER_WAY(
            409,
            "person_under_way",
            "Events, runs or actions of this person are unfinished",
            "Erasing the person now would not be complete, because unfinished work would write their data again. Nothing was erased.",
            "Wait until the work has ended, or cancel it, and ask for the erasure again."),
    IDEMPOTENCY_CONFLICT(
            409,
            "idempotency_conflict",
            "This Idempotency-Key was used with another request",
            "A request with the same key had another path or another body.",
            "Use a new key for a new request; repeat a request with exactly the same body."),
    IDEMPOTENCY_IN_PROGRESS(
            409,
            "idempotency_in_progress",
            "The request with this Idempotency-Key is in progress",
            "The first request with this key has not been answered yet.",
            "Send the same request again after the time in `Retry-After`."),
    IDEMPOTENCY_UNREPEATABLE(
            409,
            "idempotency_unrepeatable",
            "The response to this Idempotency-Key was not stored",
            "The request was carried out, but its response showed a secret or was too large to store.",
            "Read what the request created. Use a new key only to create it once more."),
    PAYLOAD_TOO_LARGE(
            413,
            "payload_too_large",
            "The body is too large",
            "The body is larger than 1 MiB, or 4 MiB from a provider.",
            "Send a smaller body."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "unsupported_media_type",
            "This path does not accept the content type",
            "The body has a content type that this path does not read, or it is compressed.",
            "Send the content type that `detail` names, without `Content-Encoding`."),
    PROVIDER_INVOICE_INVALID(
            422,
            "provider_invoice_invalid",
            "The provider's invoice cannot be reconciled",
            "The document is not an invoice of this provider, is of another month, or its lines do not add up to its total. Nothing was stored.",
            "Download the invoice from the provider again, as JSON or CSV, and name its month and connection."),
    CONNECTION_INVALID(
            422,
            "connection_invalid",
            "The connection is not valid",
            "Settings or secrets of the connection, or of its binding to a port, are missing or do not fit the provider.",
            "Correct the settings that `problems` or `detail` name."),
    FLOW_INVALID(
            422,
            "flow_invalid",
            "The flow has problems",
            "The flow file cannot be run as it is written.",
            "Correct each entry of `problems`: it names the place in the file and what is expected there."),
    PLAN_INVALID(
            422,
            "plan_invalid",
            "The plan or the preview does not make sense",
            "Prices, tiers, amounts or dates are missing, contradict each other, or are outside of what a plan can have.",
            "Correct each entry of `problems`: it has the JSON pointer of the member and a sentence about what is expected there."),
    PROMPT_INVALID(
            422,
            "prompt_invalid",
            "The prompt has problems",
            "The file is no prompt file, or its release would not work as it is written.",
            "Correct each entry of `problems`: it names the part, the line and what is expected there."),
    VARIABLES_INVALID(
            422,
            "variables_invalid",
            "The input is not valid",
            "An input of a run, or a decision about a run, lacks something or refers to something that does not exist.",
            "Correct what `detail` names, and send the request again."),
    RATE_LIMITED(
            429,
            "rate_limited",
            "There were too many requests",
            "The caller or its address sent more requests than the limit allows.",
            "Wait for the time in `Retry-After`, and send fewer requests a minute than `RateLimit-Policy` states."),
    NOT_STORED(
            429,
            "not_stored",
            "Nothing was stored; please send it again",
            "The server is overloaded, or its database cannot be reached. A webhook may have been stored all the same; a repetition is recognised.",
            "Send the same request again after the time in `Retry-After`."),
    INTERNAL(
            500,
            "internal",
            "An unexpected error occurred",
            "The request failed because of an error in Patchbay. Its transaction was rolled back.",
            "Report the `correlationId`: the error is in the log under it."),
    PROVIDER_ERROR(
            502,
            "provider_error",
            "The provider did not answer as expected",
            "A provider failed, timed out or rejected a request of ours while the caller waited. `code` names the provider.",
            "Try again later, and check the connection's health and the provider's status page.");

    private final int status;
    private final String name;
    private final String title;
    private final String meaning;
    private final String remedy;

    ProblemType(int status, String name, String title, String meaning, String remedy) {
        this.status = status;
        this.name = name;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** Returns the type whose page is {@code /problems/{name}}. */
    public static Optional<ProblemType> find(String name) {
        return Arrays.stream(values()).filter(type -> type.name.equals(name)).findFirst();
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the stable code, for example {@code 401.signature_invalid}. */
    public String code() {
        return status + "." + name;
    }

    /** Returns the path of the page about this type, for example {@code /problems/signature_invalid}. */
    public String path() {
        return "/problems/" + name;
    }

    /** Returns the type in a few words, the same for every occurrence (RFC 9457). */
    public String title() {
        return title;
    }

    /** Returns the explanation of the type; code is in backticks. */
    public String meaning() {
        return meaning;
    }

    /** Returns the advice for the caller; code is in backticks. */
    public String remedy() {
        return remedy;
    }
}
