package io.trimtab.service;

import java.util.Optional;

/** Which build this is. */
public final class Version {
    private Version() {}

    /** The version that the archive states; {@code development} when run from class files. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
