package dev.patchbay.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * As whom the server runs. PostgreSQL refuses user id 0: in a user namespace root's processes see another id while files
 * stay root's; where namespaces are forbidden, the directory is handed to {@code nobody}.
 */
record ServerUser(List<String> prefix, boolean ownsFiles) {
    static final ServerUser CURRENT = new ServerUser(List.of(), false);
    static final ServerUser USER_NAMESPACE = new ServerUser(List.of("unshare", "--user"), false);
    static final ServerUser NOBODY =
            new ServerUser(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), true);

    static ServerUser choose() {
        boolean root = "0".equals(Commands.run(List.of("id", "-u")).output().strip());
        return choose(root, command -> Commands.run(command).succeeded());
    }

    static ServerUser choose(boolean root, Predicate<List<String>> works) {
        if (!root) {
            return CURRENT;
        }
        return List.of(USER_NAMESPACE, NOBODY).stream()
                .filter(serverUser -> works.test(serverUser.wrap(List.of("true"))))
                .findFirst()
                .orElseThrow(() -> new EmbeddedPostgresFailure(
                        "PostgreSQL does not run as root, and neither \"unshare --user\" nor \"setpriv\" works here."
                                + " Run as another user, or name a server of your own in PATCHBAY_DB_URL."));
    }

    List<String> wrap(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    void takeOwnership(Path directory) {
        if (ownsFiles) {
            Commands.run(List.of("chown", "-R", "65534:65534", directory.toString()));
        }
    }
}
