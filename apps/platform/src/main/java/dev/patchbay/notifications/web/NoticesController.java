package dev.patchbay.notifications.web;

import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.notifications.Notices;
import dev.patchbay.notifications.PersonalNotice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the caller's notices, and marks them as read. */
@RestController
@RequestMapping("/api/v1/me/notices")
final class NoticesController {

    private static final int MAX_MARKED = 200;

    private final Notices notices;

    NoticesController(Notices notices) {
        this.notices = notices;
    }

    /** @param unread how many notices the caller has not read, on every page */
    record NoticeList(List<PersonalNotice> items, @Nullable String next, int unread) {}

    /** Newest first. */
    @Authenticated
    @GetMapping
    NoticeList list(
            Identity identity,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "50") int limit) {
        UserId person = Person.of(identity);
        int pageSize = Math.clamp(limit, 1, 200);
        TenantId tenant = identity.tenant();
        var page = Page.of(notices.list(tenant, person, pageSize + 1, after), pageSize, PersonalNotice::id);
        return new NoticeList(page.items(), page.next(), notices.countUnread(tenant, person));
    }

    /**
     * @param ids of notices, 200 at most
     * @param upTo the id of a notice: it and all older ones
     */
    record ReadRequest(
            @Nullable List<@Nullable String> ids, @Nullable String upTo) {}

    record ReadResponse(int unread) {}

    /** Marks notices as read: either some, or all up to one. */
    @Authenticated
    @PostMapping("/read")
    ReadResponse markRead(Identity identity, @RequestBody ReadRequest request) {
        UserId person = Person.requireSelf(identity);
        TenantId tenant = identity.tenant();
        List<@Nullable String> ids = request.ids();
        String upTo = request.upTo();
        if ((ids == null) == (upTo == null) || (ids != null && (ids.size() > MAX_MARKED || ids.contains(null)))) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give either ids, 200 at most, or upTo.");
        }
        if (upTo != null) {
            notices.markReadUpTo(tenant, person, upTo);
        } else if (ids != null) {
            notices.markRead(tenant, person, ids.stream().map(String::valueOf).toList());
        }
        return new ReadResponse(notices.countUnread(tenant, person));
    }
}
