package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.spi.CalendarPort.Slot;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes room by assigning seats anew, where placing each appointment on the first free seat has left gaps. When every
 * appointment gets the lowest free seat in the order of their starts, they need only as many seats as there are appointments at
 * one time. Only a reservation that is being moved, which blocks two times, may need more.
 */
record SeatPlan(ReservationRepository repository, Lane lane) {

    private static final String ADDITION = "";

    private record Entry(String id, List<Slot> spans) {

        OffsetDateTime start() {
            return spans.getFirst().start();
        }

        boolean overlaps(Entry other) {
            return spans.stream().anyMatch(other::overlaps);
        }

        private boolean overlaps(Slot slot) {
            return spans.stream().anyMatch(slot::overlaps);
        }
    }

    /** Assigns new seats to all reservations around the span; returns empty, and changes nothing, when that makes no room. */
    Optional<Integer> makeRoom(Slot span, Optional<Reservation> own) {
        if (lane.seats() == 1) {
            return Optional.empty();
        }
        List<Reservation> all = repository.findAll(lane);
        Map<String, Integer> seats = assign(all, span, own);
        if (seats.values().stream().anyMatch(seat -> seat > lane.seats())) {
            return Optional.empty();
        }
        int addition =
                Objects.requireNonNull(seats.remove(own.map(Reservation::id).orElse(ADDITION)));
        var changed = all.stream()
                .filter(it -> seats.getOrDefault(it.id(), it.seat()) != it.seat())
                .map(Reservation::id)
                .toList();
        repository.liftSeats(
                lane,
                Stream.concat(changed.stream(), own.map(Reservation::id).stream())
                        .toList());
        changed.forEach(id -> repository.setSeat(lane, id, seats.getOrDefault(id, 1)));
        own.ifPresent(it -> repository.setSeat(lane, it.id(), addition));
        return Optional.of(addition);
    }

    private static Map<String, Integer> assign(List<Reservation> all, Slot span, Optional<Reservation> own) {
        List<Entry> entries = new ArrayList<>();
        all.stream()
                .filter(it -> own.filter(mine -> mine.id().equals(it.id())).isEmpty())
                .forEach(it -> entries.add(new Entry(it.id(), it.spans())));
        List<Slot> addition = new ArrayList<>(own.map(Reservation::spans).orElse(List.of()));
        addition.add(span);
        addition.sort(Comparator.comparing(Slot::start));
        entries.add(new Entry(own.map(Reservation::id).orElse(ADDITION), addition));
        entries.sort(Comparator.comparing(Entry::start).thenComparing(Entry::id));
        Map<Entry, Integer> seats = new LinkedHashMap<>();
        entries.forEach(it -> seats.put(it, lowestFree(seats, it)));
        Map<String, Integer> byId = new LinkedHashMap<>();
        seats.forEach((it, seat) -> byId.put(it.id(), seat));
        return byId;
    }

    private static int lowestFree(Map<Entry, Integer> seats, Entry addition) {
        return IntStream.iterate(1, seat -> seat + 1)
                .filter(seat -> seats.entrySet().stream()
                        .noneMatch(other ->
                                other.getValue() == seat && other.getKey().overlaps(addition)))
                .findFirst()
                .orElseThrow();
    }
}
