package io.trimtab.cost.ledger;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The two files of an hour, or of a day whose hours were put together. */
record Segment(Slot slot, int version, Path pods, Path nodes) {
    /** @param hour of the day; empty for the whole day */
    record Slot(LocalDate day, Optional<Integer> hour) implements Comparable<Slot> {
        private static final Comparator<Slot> ORDER = Comparator.comparing(Slot::day)
                .thenComparing(slot -> slot.hour().orElse(-1));

        static Slot ofHour(Instant start) {
            return new Slot(
                    dayOf(start), Optional.of(start.atOffset(ZoneOffset.UTC).getHour()));
        }

        static Slot ofDay(LocalDate day) {
            return new Slot(day, Optional.empty());
        }

        static LocalDate dayOf(Instant moment) {
            return moment.atOffset(ZoneOffset.UTC).toLocalDate();
        }

        Instant start() {
            return day.atTime(hour.orElse(0), 0).toInstant(ZoneOffset.UTC);
        }

        Instant end() {
            return hour.map(it -> start().plusSeconds(3600))
                    .orElseGet(() -> day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        }

        /** As its files' names begin: {@code hour-07} or {@code day}. */
        String label() {
            return hour.map("hour-%02d"::formatted).orElse("day");
        }

        @Override
        public int compareTo(Slot other) {
            return ORDER.compare(this, other);
        }
    }

    List<Path> files() {
        return List.of(pods, nodes);
    }

    boolean meets(Span window) {
        return slot.start().isBefore(window.end()) && slot.end().isAfter(window.start());
    }
}
