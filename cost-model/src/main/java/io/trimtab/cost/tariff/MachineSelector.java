package io.trimtab.cost.tariff;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Some machines. Names may have stars, each of which stands for any text.
 *
 * @param spot empty: those on spot capacity and all others
 */
public record MachineSelector(String instanceTypes, String regions, String pools, Optional<Boolean> spot) {
    private static final String ANY = "*";
    public static final MachineSelector ALL = new MachineSelector(ANY, ANY, ANY, Optional.empty());

    /** @throws IllegalArgumentException if a name is empty */
    public MachineSelector {
        for (String name : new String[] {instanceTypes, regions, pools})
            if (name.isBlank())
                throw new IllegalArgumentException("a name must not be empty; a star stands for any text");
    }

    /**
     * @param capacityType as users write it; empty: any
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Optional<Boolean> spot(String capacityType) {
        return switch (capacityType) {
            case "" -> Optional.empty();
            case "spot" -> Optional.of(true);
            case "on-demand" -> Optional.of(false);
            default ->
                throw new IllegalArgumentException(
                        "capacity type (%s) must be on-demand, spot or empty".formatted(capacityType));
        };
    }

    /** Whether it says which type, without a star. */
    boolean namesType() {
        return !instanceTypes.contains(ANY);
    }

    public boolean matches(Machine machine) {
        return matches(instanceTypes, machine.instanceType())
                && matches(regions, machine.region())
                && matches(pools, machine.pool())
                && spot.filter(wanted -> wanted != machine.spot()).isEmpty();
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.equals(ANY)) return true;
        if (!pattern.contains(ANY)) return pattern.equals(name);
        String[] parts = pattern.split(Pattern.quote(ANY), -1);
        String last = parts[parts.length - 1];
        if (!name.startsWith(parts[0]) || !name.endsWith(last) || name.length() < parts[0].length() + last.length())
            return false;
        int at = parts[0].length();
        int end = name.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = name.indexOf(parts[i], at);
            if (found < 0 || found + parts[i].length() > end) return false;
            at = found + parts[i].length();
        }
        return true;
    }
}
