package dev.patchbay.iam.signin;

import dev.patchbay.iam.sessions.OpenedSession;

/** @param returnPath where the browser continues: a path of ours */
public record CompletedSignIn(OpenedSession session, String returnPath) {}
