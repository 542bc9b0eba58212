package io.trimtab.house;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository lies. */
public final class House {
    private House() {}

    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("metrics-ingest/pom.xml"))) {
            folder = folder.getParent();
            if (folder == null) throw new IllegalStateException("run inside the repository");
        }
        return folder;
    }
}
