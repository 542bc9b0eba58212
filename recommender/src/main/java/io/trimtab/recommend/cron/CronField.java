package io.trimtab.recommend.cron;

import java.util.List;
import java.util.Locale;

/**
 * One field of a cron line as a set of numbers.
 *
 * @param bits bit n is set where the field lets n through
 * @param any whether it was written as {@code *} or {@code ?}, which matters for the two fields of the day
 */
record CronField(long bits, boolean any) {
    /** What may stand in a field: numbers from {@code min} to {@code max}, or names, the first of which means {@code min}. */
    record Kind(String name, int min, int max, List<String> names) {}

    static final Kind MINUTE = new Kind("minute", 0, 59, List.of());
    static final Kind HOUR = new Kind("hour", 0, 23, List.of());
    static final Kind DAY = new Kind("day of month", 1, 31, List.of());
    static final Kind MONTH = new Kind(
            "month",
            1,
            12,
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
    static final Kind WEEKDAY = new Kind("day of week", 0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    static CronField parse(Kind kind, String text) {
        long bits = 0;
        boolean any = false;
        for (String part : text.split(",", -1)) {
            String[] steps = part.split("/", -1);
            if (steps.length > 2) throw wrong(kind, part);
            int step = steps.length == 2 ? number(kind, steps[1], part) : 1;
            if (step < 1) throw wrong(kind, part);
            String[] ends = steps[0].split("-", -1);
            boolean every = steps[0].equals("*") || steps[0].equals("?");
            if (ends.length > 2) throw wrong(kind, part);
            int from = every ? kind.min() : value(kind, ends[0], part);
            int to;
            if (every) to = kind.max();
            else if (ends.length == 2) to = value(kind, ends[1], part);
            else to = steps.length == 2 ? kind.max() : from;
            if (from > to) throw new IllegalArgumentException("%s %s runs backwards".formatted(kind.name(), part));
            for (int i = from; i <= to; i += step) bits |= 1L << i;
            any |= every && step == 1;
        }
        return new CronField(bits, any);
    }

    boolean has(int number) {
        return ((bits >> number) & 1) == 1;
    }

    private static int value(Kind kind, String text, String part) {
        int named = kind.names().indexOf(text.toLowerCase(Locale.ROOT));
        int value = named >= 0 ? kind.min() + named : number(kind, text, part);
        if (value < kind.min() || value > kind.max())
            throw new IllegalArgumentException(
                    "%s %s is not within %d to %d".formatted(kind.name(), part, kind.min(), kind.max()));
        return value;
    }

    private static int number(Kind kind, String text, String part) {
        if (!text.matches("\\d{1,4}")) throw wrong(kind, part);
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException wrong(Kind kind, String part) {
        return new IllegalArgumentException("%s '%s' is not understood".formatted(kind.name(), part));
    }
}
