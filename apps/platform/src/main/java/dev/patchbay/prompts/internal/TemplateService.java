package dev.patchbay.prompts.internal;

import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.prompts.PromptTemplates;
import dev.patchbay.prompts.TemplateId;
import dev.patchbay.prompts.TemplateState;
import dev.patchbay.prompts.format.PromptFile;
import dev.patchbay.prompts.format.PromptFormat;
import dev.patchbay.prompts.format.PromptValidation;
import dev.patchbay.prompts.format.TemplateVersion;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

@Service
class TemplateService implements PromptTemplates {

    private static final int MAX_TEMPLATES = 500;
    private static final String MOVED = "Somebody else edited the draft; read it again.";

    private final TemplateRepository templates;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    TemplateService(TemplateRepository templates, Tenancy tenancy, ChangeAudit audit, Clock clock) {
        this.templates = templates;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public List<TemplateView> list(TenantId tenant) {
        return tenancy.inTenant(tenant, () -> templates.list(tenant, MAX_TEMPLATES));
    }

    @Override
    public TemplateDetail find(TenantId tenant, TemplateId id) {
        return tenancy.inTenant(tenant, () -> {
            TemplateView template = require(tenant, id);
            return new TemplateDetail(template, draft(tenant, template), templates.listReleases(tenant, id));
        });
    }

    private String draft(TenantId tenant, TemplateView template) {
        return templates
                .findDraft(tenant, template.id())
                .orElseGet(() -> requireRelease(tenant, template.id(), String.valueOf(template.newest()))
                        .source());
    }

    @Override
    public TemplateRelease findRelease(TenantId tenant, TemplateId id, String version) {
        return tenancy.inTenant(tenant, () -> requireRelease(tenant, id, version));
    }

    private TemplateRelease requireRelease(TenantId tenant, TemplateId id, String version) {
        return templates
                .findRelease(tenant, id, version)
                .orElseThrow(() -> PromptChecks.notFound("The template has no release " + version + "."));
    }

    private TemplateView require(TenantId tenant, TemplateId id) {
        return templates.find(tenant, id).orElseThrow(() -> PromptChecks.notFound("There is no such template."));
    }

    @Override
    public TemplateView create(TenantId tenant, String actor, String source) {
        PromptFile file = PromptChecks.read(source);
        TemplateId id = TemplateId.next(clock.instant());
        return tenancy.inTenant(tenant, () -> {
            if (templates.list(tenant, MAX_TEMPLATES).size() == MAX_TEMPLATES) {
                throw PromptChecks.conflict("An agency may have " + MAX_TEMPLATES + " templates.");
            }
            if (!templates.insert(tenant, id, file.name(), source, clock.instant())) {
                throw PromptChecks.conflict("A template is named " + file.name() + " already; edit its draft.");
            }
            record(tenant, actor, "template.drafted", id, source);
            return require(tenant, id);
        });
    }

    @Override
    public TemplateView edit(TenantId tenant, String actor, TemplateId id, int revision, String source) {
        PromptFile file = PromptChecks.read(source);
        return tenancy.inTenant(tenant, () -> {
            if (!require(tenant, id).name().equals(file.name())) {
                throw PromptChecks.conflict("A template keeps its name; this file has another.");
            }
            if (!templates.updateDraft(tenant, id, revision, source)) {
                throw PromptChecks.conflict(MOVED);
            }
            record(tenant, actor, "template.drafted", id, source);
            return require(tenant, id);
        });
    }

    @Override
    public ReleaseSummary release(
            TenantId tenant, String actor, TemplateId id, @Nullable String version, String notes) {
        return tenancy.inTenant(tenant, () -> {
            if (!templates.lock(tenant, id)) {
                throw PromptChecks.notFound("There is no such template.");
            }
            TemplateView template = require(tenant, id);
            String source = templates
                    .findDraft(tenant, id)
                    .orElseThrow(() -> PromptChecks.conflict("There is no draft to release; edit it first."));
            PromptFile draft = PromptChecks.require(PromptValidation.validateTemplate(source));
            TemplateVersion chosen = choose(tenant, template, draft, version);
            PromptFile numbered = draft.withVersion(chosen.toString());
            ReleaseSummary release =
                    new ReleaseSummary(chosen.toString(), TemplateState.RELEASED, notes, actor, clock.instant());
            templates.insertRelease(tenant, id, release, PromptFormat.write(numbered));
            templates.updateDraft(tenant, id, template.revision(), null);
            record(tenant, actor, "template.released", id, source);
            return release;
        });
    }

    private TemplateVersion choose(
            TenantId tenant, TemplateView template, PromptFile draft, @Nullable String requested) {
        String newest = template.newest();
        TemplateVersion computed = newest == null
                ? TemplateVersion.first(draft)
                : TemplateVersion.parse(newest)
                        .orElseThrow()
                        .next(
                                PromptChecks.read(requireRelease(tenant, template.id(), newest)
                                        .source()),
                                draft);
        if (requested == null) {
            return computed;
        }
        Optional<TemplateVersion> chosen = TemplateVersion.parse(requested);
        if (chosen.isEmpty() || chosen.get().compareTo(computed) < 0) {
            throw PromptChecks.conflict(
                    "What changed needs version " + computed + " or higher, not " + requested + ".");
        }
        return chosen.get();
    }

    @Override
    public ReleaseSummary withdraw(TenantId tenant, String actor, TemplateId id, String version) {
        return tenancy.inTenant(tenant, () -> {
            TemplateRelease release = requireRelease(tenant, id, version);
            if (release.release().state() == TemplateState.RELEASED) {
                templates.withdraw(tenant, id, version);
                record(tenant, actor, "template.withdrawn", id, release.source());
            }
            return requireRelease(tenant, id, version).release();
        });
    }

    private void record(TenantId tenant, String actor, String action, TemplateId id, String source) {
        audit.recordChange(TenantScope.of(tenant), actor, action, "template/" + id, null, source);
    }
}
