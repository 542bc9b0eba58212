package io.trimtab.service.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trimtab.house.House;
import io.trimtab.service.testbed.Requirement;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code bin/image} wrote. */
final class Written {
    private static final Path FOLDER = House.root().resolve("deploy/target/image");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Written() {}

    static Path ociLayout() throws IOException {
        return file("trimtab-*-oci.tar");
    }

    static Path dockerArchive() throws IOException {
        return file("trimtab-*-docker.tar");
    }

    static Path billOfMaterials() throws IOException {
        return file("trimtab-*.cdx.json");
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    /** Ends the test where there is no such file: it is skipped, or fails where {@code CI=true}. */
    private static Path file(String pattern) throws IOException {
        if (Files.isDirectory(FOLDER)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER, pattern)) {
                for (Path file : files) return file;
            }
        }
        Requirement.missing("there is no %s in deploy/target/image: run bin/image".formatted(pattern));
        throw new IllegalStateException("unreachable: what is missing ends the test");
    }
}
