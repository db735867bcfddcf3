package dev.patchbay.benchmark.policy;

import dev.patchbay.iam.access.SystemRole;
import dev.patchbay.iam.access.Policy;
import dev.patchbay.kernel.Permission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision among many assignments: ours and jCasbin's, about the same users, roles, clients and questions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 5)
public class Decisions {

    private static final int QUESTIONS = 1 << 12;
    private static final int EACH = 10;
    private static final int CLIENTS = 200;
    private static final List<String> ROLES = List.of("client-admin", "client-operator", "client-viewer", "flow-manager", "billing-admin");

    /** Ours alone is also asked with each answer checked against jCasbin's, before anything is measured. */
    @Param({"100000"})
    int assignments;

    private record Question(String user, Permission permission, String client) {}

    private final List<Question> questions = new ArrayList<>();
    private Policy ours;
    private Enforcer casbin;
    private int next;

    @Setup(Level.Trial)
    public void policies() {
        var random = new Random(42);
        var grants = new ArrayList<Policy.Grant>();
        var groupings = new ArrayList<List<String>>();
        Set<String> users = new HashSet<>();
        for (int at = 0; at < assignments; at++) {
            String user = "usr_" + at / EACH;
            String client = "cli_" + random.nextInt(CLIENTS);
            String role = ROLES.get(random.nextInt(ROLES.size()));
            users.add(user);
            grants.add(new Policy.Grant(
                    "asg_" + at, user, role, SystemRole.named(role).orElseThrow().permissions(), client, "", Instant.MAX));
            groupings.add(List.of(user, role, client));
        }
        ours = new Policy(grants, Map.of(), users);
        casbin = casbin(new ArrayList<>(new HashSet<>(groupings)));
        List<Permission> permissions = List.of("read:runs", "run:flows", "write:billing", "erase:persons", "read:flows").stream()
                .map(Permission::of)
                .toList();
        for (int at = 0; at < QUESTIONS; at++) {
            // Half of them about a client for which the user holds something.
            var grant = grants.get(random.nextInt(grants.size()));
            String client = at % 2 == 0 ? grant.client() : "cli_" + random.nextInt(CLIENTS);
            questions.add(new Question(grant.subject(), permissions.get(random.nextInt(permissions.size())), client));
        }
        var disagreements = new HashMap<Question, Boolean>();
        int allowed = 0;
        for (Question question : questions.subList(0, 200)) {
            boolean mine = ours(question);
            allowed += mine ? 1 : 0;
            if (mine != casbin(question)) {
                disagreements.put(question, mine);
            }
        }
        if (!disagreements.isEmpty() || allowed == 0 || allowed == 200) {
            throw new IllegalStateException("the two do not say the same: " + disagreements + ", allowed " + allowed);
        }
    }

    private static Enforcer casbin(List<List<String>> groupings) {
        var model = new Model();
        model.addDef("r", "r", "sub, dom, obj, act");
        model.addDef("p", "p", "sub, obj, act");
        model.addDef("g", "g", "_, _, _");
        model.addDef("e", "e", "some(where (p.eft == allow))");
        model.addDef("m", "m", "r.obj == p.obj && r.act == p.act && g(r.sub, p.sub, r.dom)");
        var enforcer = new Enforcer(model);
        enforcer.enableLog(false);
        for (String role : ROLES) {
            SystemRole.named(role)
                    .orElseThrow()
                    .permissions()
                    .forEach(permission -> enforcer.addPolicy(role, permission.resource(), permission.action()));
        }
        enforcer.addGroupingPolicies(groupings);
        return enforcer;
    }

    private boolean ours(Question question) {
        return ours.allowing(question.user(), question.permission(), question.client(), null, Instant.now()) != null;
    }

    private boolean casbin(Question question) {
        return casbin.enforce(
                question.user(), question.client(), question.permission().resource(), question.permission().action());
    }

    private Question question() {
        next = (next + 1) & (QUESTIONS - 1);
        return questions.get(next);
    }

    @Benchmark
    public boolean patchbay() {
        return ours(question());
    }

    @Benchmark
    public boolean jcasbin() {
        return casbin(question());
    }
}
