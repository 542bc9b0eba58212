package io.trimtab.service.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * DuckDB's driver without the libraries that its archive brings for each kind of machine, and the one for this machine beside it, where the driver looks for it.
 *
 * @param library empty where this machine cannot run it
 */
record SlimDriver(Path archive, Optional<Path> library) {
    static final String NAME = "duckdb_jdbc";
    private static final String LIBRARY = "libduckdb_java.";

    static boolean is(Path library) {
        return library.getFileName().toString().startsWith(NAME + "-");
    }

    /** @param folder in which the library lies, if there is one, and into which the archive is written */
    static SlimDriver of(Path driver, Path folder) throws IOException {
        Path archive = Files.createDirectories(folder).resolve(driver.getFileName());
        write(driver, archive);
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(folder, LIBRARY + "*")) {
            for (Path library : libraries) return new SlimDriver(archive, Optional.of(library));
        }
        return new SlimDriver(archive, Optional.empty());
    }

    /** The same input gives the same bytes. */
    private static void write(Path driver, Path archive) throws IOException {
        try (ZipFile from = new ZipFile(driver.toFile());
                OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream to = new ZipOutputStream(file)) {
            for (Enumeration<? extends ZipEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(LIBRARY)) continue;
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                to.putNextEntry(copy);
                from.getInputStream(entry).transferTo(to);
                to.closeEntry();
            }
        }
    }
}
