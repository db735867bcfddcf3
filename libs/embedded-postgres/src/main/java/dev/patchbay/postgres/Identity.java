package dev.patchbay.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * As whom the server runs. PostgreSQL refuses user id 0: in a user namespace root's processes see another id while files
 * stay root's; where namespaces are forbidden, the directory is handed to {@code nobody}.
 */
record Identity(List<String> prefix, boolean handsOver) {
    static final Identity SELF = new Identity(List.of(), false);
    static final Identity NAMESPACE = new Identity(List.of("unshare", "--user"), false);
    static final Identity NOBODY =
            new Identity(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), true);

    static Identity choose() {
        boolean root = "0".equals(Commands.run(List.of("id", "-u")).output().strip());
        return choose(root, command -> Commands.run(command).succeeded());
    }

    static Identity choose(boolean root, Predicate<List<String>> works) {
        if (!root) {
            return SELF;
        }
        return List.of(NAMESPACE, NOBODY).stream()
                .filter(identity -> works.test(identity.before(List.of("true"))))
                .findFirst()
                .orElseThrow(() -> new EmbeddedPostgresFailure(
                        "PostgreSQL does not run as root, and neither \"unshare --user\" nor \"setpriv\" works here."
                                + " Run as another user, or name a server of your own in PATCHBAY_DB_URL."));
    }

    List<String> before(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    void own(Path directory) {
        if (handsOver) {
            Commands.run(List.of("chown", "-R", "65534:65534", directory.toString()));
        }
    }
}
