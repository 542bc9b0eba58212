package io.trimtab.cost.prices;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Machines that differ in size alone, as the clouds name them.
 *
 * @param name of its types, with a star for the size: {@code m5.*}, {@code n2-standard-*}, {@code Standard_D*s_v5}; without one for a type that says no size
 */
record Family(String name) {
    private static final String SIZE = "*";
    private static final Pattern AZURE = Pattern.compile("((?:Standard|Basic)_[A-Z]+)\\d+(?:-\\d+)?(.*)");
    private static final Pattern GOOGLE = Pattern.compile("([a-z0-9]+-[a-z]+-)\\d+g?(-.*)?");
    private static final Pattern GENERATION = Pattern.compile("\\d+");

    static Family of(String instanceType) {
        for (Pattern cloud : new Pattern[] {AZURE, GOOGLE}) {
            Matcher found = cloud.matcher(instanceType);
            if (found.matches())
                return new Family(found.group(1) + SIZE + (found.group(2) == null ? "" : found.group(2)));
        }
        int end = Math.max(instanceType.indexOf('.'), instanceType.lastIndexOf('-'));
        return new Family(end > 0 ? instanceType.substring(0, end + 1) + SIZE : instanceType);
    }

    /** @param size as {@link #size} gave it */
    String type(String size) {
        return name.replace(SIZE, size);
    }

    /** @param instanceType of this family */
    String size(String instanceType) {
        int star = name.indexOf(SIZE);
        return star < 0 ? "" : instanceType.substring(star, instanceType.length() - (name.length() - star - 1));
    }

    /** All generations of it. */
    String line() {
        return GENERATION.matcher(name).replaceAll("#");
    }
}
