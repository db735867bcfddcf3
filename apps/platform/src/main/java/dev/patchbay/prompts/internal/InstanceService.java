package dev.patchbay.prompts.internal;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.prompts.InstanceId;
import dev.patchbay.prompts.PromptInstances;
import dev.patchbay.prompts.PromptTemplates;
import dev.patchbay.prompts.PromptTemplates.TemplateRelease;
import dev.patchbay.prompts.ReleaseId;
import dev.patchbay.prompts.ReleaseState;
import dev.patchbay.prompts.TemplateId;
import dev.patchbay.prompts.TemplateState;
import dev.patchbay.prompts.format.PromptFile;
import dev.patchbay.prompts.format.PromptFileMerge;
import dev.patchbay.prompts.format.PromptFormat;
import dev.patchbay.prompts.format.PromptValidation;
import dev.patchbay.prompts.merge.Resolution;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

@Service
class InstanceService implements PromptInstances {

    private static final int MAX_LISTED = 500;

    private final InstanceRepository instances;
    private final ReleaseRepository releases;
    private final PromptTemplates templates;
    private final Clients clients;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    InstanceService(
            InstanceRepository instances,
            ReleaseRepository releases,
            PromptTemplates templates,
            Clients clients,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.instances = instances;
        this.releases = releases;
        this.templates = templates;
        this.clients = clients;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public List<InstanceView> list(TenantScope scope, @Nullable ClientId client) {
        return tenancy.inTenant(scope.tenant(), () -> instances.list(scope, client, MAX_LISTED));
    }

    @Override
    public InstanceDetail find(TenantScope scope, InstanceId id) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> instances.find(scope, id).orElseThrow(() -> PromptChecks.notFound("There is no such prompt.")));
    }

    @Override
    public InstanceView create(
            TenantScope scope,
            String actor,
            ClientId client,
            TemplateId template,
            @Nullable String version,
            Map<String, JsonNode> values) {
        return tenancy.inTenant(scope.tenant(), () -> {
            requireClient(scope, client);
            String chosen = version == null ? newest(scope, template) : version;
            String source = requireUsable(scope, template, chosen).source();
            var instance =
                    new InstanceView(InstanceId.next(clock.instant()), client, template, chosen, 1, clock.instant());
            if (!instances.insert(scope.tenant(), instance, source, values)) {
                throw PromptChecks.conflict("The client has a prompt of this template already.");
            }
            record(scope, actor, "prompt.edited", instance, source);
            return instance;
        });
    }

    private String newest(TenantScope scope, TemplateId template) {
        String newest = templates.find(scope.tenant(), template).template().newest();
        if (newest == null) {
            throw PromptChecks.conflict("The template has no release yet.");
        }
        return newest;
    }

    private TemplateRelease requireUsable(TenantScope scope, TemplateId template, String version) {
        TemplateRelease release = templates.findRelease(scope.tenant(), template, version);
        if (release.release().state() == TemplateState.WITHDRAWN) {
            throw PromptChecks.conflict("Release " + version + " of the template was withdrawn.");
        }
        return release;
    }

    private Client requireClient(TenantScope scope, ClientId client) {
        return clients.find(scope, client)
                .orElseThrow(() -> new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no such client."));
    }

    @Override
    public InstanceView edit(TenantScope scope, String actor, InstanceId id, int revision, String source) {
        PromptChecks.read(source);
        return change(
                scope,
                actor,
                id,
                revision,
                "prompt.edited",
                before -> new InstanceDetail(before.instance(), source, before.values()));
    }

    @Override
    public InstanceView setValues(
            TenantScope scope, String actor, InstanceId id, int revision, Map<String, JsonNode> values) {
        return change(
                scope,
                actor,
                id,
                revision,
                "prompt.edited",
                before -> new InstanceDetail(before.instance(), before.source(), values));
    }

    private InstanceView change(
            TenantScope scope,
            String actor,
            InstanceId id,
            int revision,
            String action,
            UnaryOperator<InstanceDetail> edit) {
        return tenancy.inTenant(scope.tenant(), () -> {
            InstanceDetail after = edit.apply(find(scope, id));
            if (!instances.update(
                    scope.tenant(), id, revision, after.instance().baseVersion(), after.source(), after.values())) {
                throw PromptChecks.conflict("Somebody else changed the prompt; read it again.");
            }
            record(scope, actor, action, after.instance(), after.source());
            return find(scope, id).instance();
        });
    }

    @Override
    public UpdatePreview previewUpdate(TenantScope scope, InstanceId id, String to) {
        return tenancy.inTenant(scope.tenant(), () -> {
            InstanceDetail local = find(scope, id);
            var merge = merge(scope, local, to, null);
            return new UpdatePreview(
                    local.instance().baseVersion(),
                    to,
                    local.instance().revision(),
                    PromptFormat.write(merge.merged()),
                    merge.conflicts());
        });
    }

    @Override
    public InstanceView update(
            TenantScope scope, String actor, InstanceId id, int revision, String to, List<Resolution> resolutions) {
        return change(scope, actor, id, revision, "merge.applied", local -> {
            InstanceView before = local.instance();
            try {
                PromptFile merged = merge(scope, local, to, resolutions).merged();
                String source = PromptFormat.write(merged);
                PromptChecks.read(source);
                return new InstanceDetail(
                        new InstanceView(
                                id, before.clientId(), before.templateId(), to, before.revision(), before.createdAt()),
                        source,
                        local.values());
            } catch (IllegalArgumentException unresolved) {
                throw PromptChecks.conflict("Give one resolution for each conflict of the preview.");
            }
        });
    }

    private PromptFileMerge.FileMerge merge(
            TenantScope scope, InstanceDetail local, String to, @Nullable List<Resolution> resolutions) {
        InstanceView instance = local.instance();
        String base = templates
                .findRelease(scope.tenant(), instance.templateId(), instance.baseVersion())
                .source();
        String template = requireUsable(scope, instance.templateId(), to).source();
        return PromptFileMerge.merge(
                PromptChecks.read(base), PromptChecks.read(template), PromptChecks.read(local.source()), resolutions);
    }

    @Override
    public PromptValidation.Report validate(TenantScope scope, InstanceId id) {
        return tenancy.inTenant(scope.tenant(), () -> validate(scope, find(scope, id)));
    }

    private PromptValidation.Report validate(TenantScope scope, InstanceDetail instance) {
        Client client = requireClient(
                TenantScope.of(scope.tenant()), instance.instance().clientId());
        Map<String, JsonNode> values = new HashMap<>(instance.values());
        values.put("client_name", Json.tree(client.name()));
        values.put("client_zone", Json.tree(client.zone().getId()));
        return PromptValidation.validate(instance.source(), values);
    }

    @Override
    public String findSource(TenantScope scope, InstanceId id, String reference) {
        return tenancy.inTenant(scope.tenant(), () -> {
            InstanceDetail instance = find(scope, id);
            String name = reference.substring(reference.indexOf(':') + 1);
            if (reference.equals("draft")) {
                return instance.source();
            }
            if (reference.startsWith("template:")) {
                return templates
                        .findRelease(scope.tenant(), instance.instance().templateId(), name)
                        .source();
            }
            if (reference.startsWith("release:") && name.matches("[0-9]{1,6}")) {
                return releases.findSource(scope.tenant(), id, Integer.parseInt(name))
                        .orElseThrow(() -> PromptChecks.notFound("The prompt has no release " + name + "."));
            }
            throw new Problem(ProblemType.MALFORMED_REQUEST, "Compare template:<version>, draft or release:<number>.");
        });
    }

    @Override
    public ReleaseView release(TenantScope scope, String actor, InstanceId id) {
        return tenancy.inTenant(scope.tenant(), () -> {
            InstanceDetail frozen = find(scope, id);
            PromptChecks.require(validate(scope, frozen));
            ReleaseId release = ReleaseId.next(clock.instant());
            releases.insert(scope.tenant(), release, frozen, actor, clock.instant());
            record(scope, actor, "prompt.released", frozen.instance(), frozen.source());
            return requireRelease(scope, release);
        });
    }

    private ReleaseView requireRelease(TenantScope scope, ReleaseId id) {
        return releases.lock(scope, id).orElseThrow(() -> PromptChecks.notFound("There is no such release."));
    }

    @Override
    public List<ReleaseView> listReleases(TenantScope scope, InstanceId id) {
        return tenancy.inTenant(scope.tenant(), () -> {
            find(scope, id);
            return releases.list(scope.tenant(), id, MAX_LISTED);
        });
    }

    @Override
    public ReleaseView approve(TenantScope scope, String actor, ReleaseId id) {
        return tenancy.inTenant(scope.tenant(), () -> {
            if (requireRelease(scope, id).releasedBy().equals(actor)) {
                throw PromptChecks.conflict("Another person than the one who released it approves a release.");
            }
            return moveTo(scope, actor, id, ReleaseState.APPROVED, "prompt.approved");
        });
    }

    @Override
    public ReleaseView withdraw(TenantScope scope, String actor, ReleaseId id) {
        return tenancy.inTenant(
                scope.tenant(), () -> moveTo(scope, actor, id, ReleaseState.WITHDRAWN, "prompt.withdrawn"));
    }

    private ReleaseView moveTo(TenantScope scope, String actor, ReleaseId id, ReleaseState next, String action) {
        ReleaseView release = requireRelease(scope, id);
        if (!release.state().mayBecome(next)) {
            throw PromptChecks.conflict("The release is " + release.state().wireName() + ".");
        }
        releases.setState(scope.tenant(), id, next, next == ReleaseState.APPROVED ? actor : null);
        record(scope, actor, action, find(scope, release.instanceId()).instance(), release.number());
        return requireRelease(scope, id);
    }

    private void record(TenantScope scope, String actor, String action, InstanceView instance, Object state) {
        audit.recordChange(
                TenantScope.of(scope.tenant(), instance.clientId()),
                actor,
                action,
                "prompt/" + instance.id(),
                null,
                state);
    }
}
