package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.CalendarRules;
import dev.patchbay.effects.spi.CalendarPort.BusyTime;
import dev.patchbay.effects.spi.CalendarPort.BusyTimes;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The free time of a calendar: the provider's events and our reservations together. An event of a reservation counts once, as
 * that reservation.
 *
 * @param others reservations, without the one that asks
 * @param foreign events that no reservation of ours made, with the free time that they need around them
 * @param blocking events of calendars that only count as busy
 * @param offered the only times that the provider accepts
 */
record Availability(
        CalendarRules rules,
        List<Reservation> others,
        List<Slot> foreign,
        List<Slot> blocking,
        Optional<List<Slot>> offered) {

    /**
     * @param asking key of the effect that asks, whose own event and reservation are not in its way
     * @param owner the call or run that asks, whose holds are not in its way
     */
    static Availability of(
            CalendarRules rules, BusyTimes busyTimes, List<Reservation> reservations, String asking, String owner) {
        List<Reservation> others = reservations.stream()
                .filter(it -> !it.act().equals(Optional.of(asking)))
                .filter(it -> !(it.owner().equals(owner) && it.isHeld()))
                .toList();
        Set<String> eventIds = reservations.stream()
                .flatMap(it -> it.standing().stream())
                .map(Reservation.Standing::eventId)
                .collect(Collectors.toSet());
        Set<String> effects = Stream.concat(reservations.stream().flatMap(it -> it.act().stream()), Stream.of(asking))
                .collect(Collectors.toSet());
        List<Slot> foreign = busyTimes.busy().stream()
                .filter(it -> it.id().isPresent())
                .filter(it -> it.id().filter(eventIds::contains).isEmpty())
                .filter(it -> it.effectKey().filter(effects::contains).isEmpty())
                .map(BusyTime::slot)
                .map(rules::withBuffers)
                .toList();
        List<Slot> blocking = busyTimes.busy().stream()
                .filter(it -> it.id().isEmpty())
                .map(BusyTime::slot)
                .toList();
        return new Availability(rules, others, foreign, blocking, busyTimes.offered());
    }

    /** Whether another appointment fits at that time. */
    boolean isFree(Slot slot) {
        Slot span = rules.withBuffers(slot);
        return blocking.stream().noneMatch(span::overlaps)
                && offered.map(times ->
                                times.stream().anyMatch(time -> time.start().isEqual(slot.start())))
                        .orElse(true)
                && mostAtOnce(span) < rules.capacity();
    }

    /** The most that stand at one moment of the span; that moment is the start of one of them. */
    private long mostAtOnce(Slot span) {
        List<Slot> within = Stream.concat(foreign.stream(), others.stream().flatMap(it -> it.spans().stream()))
                .filter(span::overlaps)
                .toList();
        return within.stream()
                .map(Slot::start)
                .mapToLong(moment -> within.stream()
                        .filter(it -> !it.start().isAfter(moment) && it.end().isAfter(moment))
                        .count())
                .max()
                .orElse(0);
    }
}
