package io.trimtab.service.image;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * Trimtab as the build left it: the archive that is started, and the ones that it names as its class path, which leaves out
 * what older builds left behind.
 * @param made when, as the build states it in each archive, so that the same sources have the same time
 * @param ours archives of this project
 * @param others archives of its dependencies
 */
record Program(Path jar, String version, Instant made, List<Path> ours, List<Path> others) {
    Program {
        ours = List.copyOf(ours);
        others = List.copyOf(others);
    }

    /** @param target the folder {@code deploy/target} */
    static Program in(Path target) throws IOException {
        return of(only(target, "deploy-*.jar"));
    }

    /** @param jar the archive that is started */
    static Program of(Path jar) throws IOException {
        try (JarFile archive = new JarFile(jar.toFile())) {
            Attributes manifest = archive.getManifest().getMainAttributes();
            List<Path> ours = new ArrayList<>();
            List<Path> others = new ArrayList<>();
            for (String name : manifest.getValue(Attributes.Name.CLASS_PATH).split(" ")) {
                Path library = jar.resolveSibling(name);
                (isOurs(library) ? ours : others).add(library);
            }
            Instant made =
                    archive.getEntry(JarFile.MANIFEST_NAME).getTimeLocal().toInstant(ZoneOffset.UTC);
            return new Program(jar, manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION), made, ours, others);
        }
    }

    private static Path only(Path folder, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            files.forEach(found::add);
        }
        if (found.size() != 1)
            throw new IOException("one %s is expected in %s, found are %s: run mvn clean and build again"
                    .formatted(pattern, folder, found));
        return found.getFirst();
    }

    private static boolean isOurs(Path library) throws IOException {
        try (JarFile archive = new JarFile(library.toFile())) {
            return archive.stream().anyMatch(entry -> entry.getName().startsWith("META-INF/maven/io.trimtab/"));
        }
    }
}
