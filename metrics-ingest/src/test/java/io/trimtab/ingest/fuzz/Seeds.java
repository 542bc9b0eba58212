package io.trimtab.ingest.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the seeds of a target into a folder, one a file, for {@code bin/fuzz}. */
final class Seeds {
    private Seeds() {}

    /** @param arguments the target's class and the folder */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        FuzzTarget target = (FuzzTarget)
                Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        int number = 0;
        for (byte[] seed : target.seeds()) Files.write(folder.resolve("seed-" + number++), seed);
    }
}
