package dev.patchbay.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The operating-system user that the server runs as. PostgreSQL refuses to run as user id 0. In a user namespace root's processes see
 * another id while the files stay root's; where namespaces are forbidden, {@code nobody} becomes the owner of the files.
 *
 * @param prefix the command that switches to the user, put before the server's command
 * @param ownsFiles whether the user must own the server's directory
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
                .filter(user -> works.test(user.wrap(List.of("true"))))
                .findFirst()
                .orElseThrow(() -> new EmbeddedPostgresFailure(
                        "PostgreSQL does not run as root, and neither \"unshare --user\" nor \"setpriv\" works here."
                                + " Run as another user, or set PATCHBAY_DB_URL to a server of your own."));
    }

    /** The command as this user runs it. */
    List<String> wrap(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Gives the directory to the user, where the user needs it. */
    void takeOwnership(Path directory) {
        if (ownsFiles) {
            Commands.run(List.of("chown", "-R", "65534:65534", directory.toString()));
        }
    }
}
