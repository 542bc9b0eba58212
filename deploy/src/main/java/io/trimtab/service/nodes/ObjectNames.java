package io.trimtab.service.nodes;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of objects that Trimtab alone says: the same thing has the same name in each plan, and different things have different ones. */
final class ObjectNames {
    /** Of RFC 1123, as the API server wants it. */
    private static final Pattern VALID =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final int LONGEST = 253;
    private static final int ROOM_FOR_HASH = 9;

    private ObjectNames() {}

    /** What cannot stand in a name is replaced, and then a hash of what was meant keeps it apart. */
    static String of(String what, String first, String second) {
        return valid("trimtab-%s-%s-%s".formatted(what, first, second));
    }

    static String of(String kind, String name) {
        return valid("trimtab-%s-%s".formatted(kind.toLowerCase(Locale.ROOT), name));
    }

    private static String valid(String meant) {
        if (meant.length() <= LONGEST && VALID.matcher(meant).matches()) return meant;
        String kept = meant.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        return "%s-%08x"
                .formatted(kept.substring(0, Math.min(kept.length(), LONGEST - ROOM_FOR_HASH)), meant.hashCode());
    }
}
