package io.trimtab.service.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An archive for {@code docker load}, unpacked as an engine does it: layer over layer.
 * @param root the image's root folder
 * @param entries of all layers, in their order
 */
record UnpackedImage(Path root, JsonNode manifest, byte[] configBytes, JsonNode config, List<TarArchiveEntry> entries) {
    UnpackedImage {
        entries = List.copyOf(entries);
    }

    static UnpackedImage of(Path archive, Path folder) throws IOException {
        Path parts = Files.createDirectories(folder.resolve("archive"));
        unpack(Files.newInputStream(archive), parts);
        JsonNode manifest = Written.json(parts.resolve("manifest.json"));
        Path config = parts.resolve(manifest.at("/0/Config").asText());
        Path root = Files.createDirectories(folder.resolve("root"));
        List<TarArchiveEntry> entries = new ArrayList<>();
        for (JsonNode layer : manifest.at("/0/Layers"))
            entries.addAll(unpack(new GZIPInputStream(Files.newInputStream(parts.resolve(layer.asText()))), root));
        return new UnpackedImage(root, manifest, Files.readAllBytes(config), Written.json(config), entries);
    }

    /** @return what the archive holds; it must be whole files and folders, each inside of the folder */
    static List<TarArchiveEntry> unpack(InputStream archive, Path folder) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                boolean plain = entry.isDirectory() || (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink());
                if (!plain || !target.startsWith(folder))
                    throw new IOException("%s is no file or folder inside of the image".formatted(entry.getName()));
                if (entry.isDirectory()) Files.createDirectories(target);
                else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.setPosixFilePermissions(target, permissions(entry.getMode()));
                Files.setLastModifiedTime(target, entry.getLastModifiedTime());
                entries.add(entry);
            }
        }
        return entries;
    }

    List<String> strings(String pointer) {
        List<String> found = new ArrayList<>();
        config.at(pointer).forEach(value -> found.add(value.asText()));
        return found;
    }

    Path file(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** The nine bits stand in the order of the enumeration, the owner's reading first. */
    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values())
            if ((mode & (0400 >> permission.ordinal())) != 0) permissions.add(permission);
        return permissions;
    }
}
