package io.trimtab.service.image;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/image} wrote, read and run without a container engine. */
class ImageTest {
    private static final Pattern ADDRESS = Pattern.compile("pages and REST at (http://\\S+)");

    @TempDir
    private static Path folder;

    private static UnpackedImage image;
    private static Path layout;

    @BeforeAll
    static void unpack() throws IOException {
        Files.setPosixFilePermissions(folder, fromString("rwxr-xr-x"));
        layout = Files.createDirectories(folder.resolve("layout"));
        UnpackedImage.unpack(Files.newInputStream(Written.ociLayout()), layout);
        image = UnpackedImage.of(Written.dockerArchive(), folder);
        Files.setPosixFilePermissions(image.root(), fromString("rwxr-xr-x"));
    }

    @Test
    void eachPartOfTheLayoutIsWhatItsDescriptorSays() throws Exception {
        assertThat(Written.json(layout.resolve("oci-layout"))
                        .path("imageLayoutVersion")
                        .asText())
                .isEqualTo("1.0.0");
        JsonNode manifests = Written.json(layout.resolve("index.json")).path("manifests");
        assertThat(manifests).hasSize(1);
        JsonNode manifest = Written.json(blob(manifests.get(0)));
        JsonNode config = Written.json(blob(manifest.path("config")));
        List<String> unpacked = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers"))
            unpacked.add("sha256:" + sha256(new GZIPInputStream(Files.newInputStream(blob(layer)))));
        List<String> stated = new ArrayList<>();
        config.at("/rootfs/diff_ids").forEach(value -> stated.add(value.asText()));
        assertThat(unpacked).hasSize(5).isEqualTo(stated);
    }

    @Test
    void bothArchivesHoldTheSameImage() throws Exception {
        JsonNode manifest = Written.json(blob(
                Written.json(layout.resolve("index.json")).path("manifests").get(0)));
        assertThat(image.configBytes()).isEqualTo(Files.readAllBytes(blob(manifest.path("config"))));
        List<String> layers = new ArrayList<>();
        manifest.path("layers")
                .forEach(layer -> layers.add(layer.path("digest").asText().replace("sha256:", "") + ".tar.gz"));
        List<String> loaded = new ArrayList<>();
        image.manifest().at("/0/Layers").forEach(layer -> loaded.add(layer.asText()));
        assertThat(loaded).isEqualTo(layers);
    }

    @Test
    void itSaysHowItIsRun() {
        assertThat(image.strings("/config/Entrypoint"))
                .startsWith("/opt/java/bin/java")
                .endsWith("-jar", "/app/trimtab.jar");
        assertThat(image.strings("/config/Cmd")).containsExactly("serve");
        assertThat(image.config().at("/config/User").asText()).isEqualTo("65532:65532");
        assertThat(image.config().at("/config/Volumes").fieldNames())
                .toIterable()
                .containsExactly("/tmp");
        assertThat(image.config().at("/config/Labels").fieldNames())
                .toIterable()
                .contains(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.description",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.licenses");
    }

    /** {@link UnpackedImage#unpack} has refused whatever is neither file nor folder. */
    @Test
    void itsFilesAreRootsReadableByAllAndPlain() {
        for (TarArchiveEntry entry : image.entries()) {
            String name = entry.getName();
            int all = entry.isDirectory() ? 0555 : 0444;
            int written = name.equals("tmp/") ? 0022 : 0;
            assertThat(entry.getMode() & 07000)
                    .as("set-uid, set-gid, sticky: " + name)
                    .isZero();
            assertThat(entry.getMode() & all).as("readable: " + name).isEqualTo(all);
            assertThat(entry.getMode() & 0022).as("writable by others: " + name).isEqualTo(written);
            assertThat(entry.getLongUserId() + entry.getLongGroupId())
                    .as("owner: " + name)
                    .isZero();
            assertThat(name).as("a removal from a lower layer").doesNotContain("/.wh.");
        }
        assertThat(image.entries()).extracting(TarArchiveEntry::getName).contains("tmp/");
    }

    @Test
    void theBillOfMaterialsNamesEachArchiveTheJdkAndTheSystem() throws Exception {
        Path inside = image.file("/app/sbom.cdx.json");
        assertThat(inside).hasSameBinaryContentAs(Written.billOfMaterials());
        List<String> listed = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (JsonNode component : Written.json(inside).path("components")) {
            names.add(component.path("name").asText());
            for (JsonNode hash : component.path("hashes"))
                if (hash.path("alg").asText().equals("SHA-256"))
                    listed.add(hash.path("content").asText());
        }
        List<String> shipped = new ArrayList<>();
        try (Stream<Path> libraries = Files.list(image.file("/app/lib"))) {
            for (Path library : libraries.toList()) shipped.add(sha256(Files.newInputStream(library)));
        }
        assertThat(shipped).hasSizeGreaterThan(50).containsExactlyInAnyOrderElementsOf(listed);
        assertThat(names).contains("OpenJDK").anyMatch(name -> name.matches("libc6|.*/libc\\.so.*|.*/ld-musl.*"));
    }

    @Test
    void itTrustsThePublicAuthorities() throws Exception {
        KeyStore authorities = KeyStore.getInstance(
                image.file("/opt/java/lib/security/cacerts").toFile(), "changeit".toCharArray());
        assertThat(authorities.size()).isGreaterThan(50);
    }

    @Test
    void itRunsAndStops() throws Exception {
        Sandbox sandbox = Sandbox.around(image);
        Path version = folder.resolve("version");
        Process once = sandbox.start(version, "version");
        assertThat(once.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(version))
                .startsWith("trimtab "
                        + image.config()
                                .at("/config/Labels/org.opencontainers.image.version")
                                .asText());

        Path said = folder.resolve("served");
        Process service = sandbox.start(
                said,
                Stream.concat(image.strings("/config/Cmd").stream(), Stream.of("--port", "0"))
                        .toArray(String[]::new));
        try {
            assertThat(aliveIn(said, service))
                    .as("liveness; it said: " + Files.readString(said))
                    .isEqualTo(200);
            ProcessHandle java = Sandbox.java(service);
            if (sandbox.hasWalls()) {
                assertThat(status(java)).containsAll(expectedStatus());
                assertThat(Files.readString(Path.of("/proc", String.valueOf(java.pid()), "maps")))
                        .as("the archive of classes is one that this JVM takes for these jars")
                        .contains("/app/trimtab.jsa");
            }
            java.destroy();
            assertThat(service.waitFor(5, TimeUnit.SECONDS)).as("stops in 5 s").isTrue();
            assertThat(service.exitValue()).as("ended by SIGTERM").isEqualTo(128 + 15);
        } finally {
            service.descendants().forEach(ProcessHandle::destroyForcibly);
            service.destroyForcibly();
        }
    }

    /** @return the status that it answers at last; 0: none, though it was waited for */
    private static int aliveIn(Path said, Process service) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 600 && service.isAlive(); i++) {
                Thread.sleep(100);
                Matcher address = ADDRESS.matcher(Files.readString(said));
                if (!address.find()) continue;
                HttpRequest alive = HttpRequest.newBuilder(URI.create(address.group(1) + "/health/liveness"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
                try {
                    return client.send(alive, BodyHandlers.discarding()).statusCode();
                } catch (HttpTimeoutException e) {
                    // A busy machine: it is asked again, these 5 s being 50 of the 600 waits.
                    i += 50;
                }
            }
        }
        return 0;
    }

    private static List<String> expectedStatus() {
        List<String> expected =
                new ArrayList<>(List.of("CapEff:0000000000000000", "CapBnd:0000000000000000", "NoNewPrivs:1"));
        if (Sandbox.isRoot()) expected.add("Uid:65532655326553265532");
        return expected;
    }

    /** The lines of the kernel's account of a process, without their blanks. */
    private static List<String> status(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .map(line -> line.replaceAll("\\s", ""))
                .toList();
    }

    /** The file that a descriptor names, after its size and its digest have been compared. */
    private static Path blob(JsonNode descriptor) throws Exception {
        String digest = descriptor.path("digest").asText();
        Path blob = layout.resolve("blobs").resolve(digest.replace(':', '/'));
        assertThat(blob).hasSize(descriptor.path("size").asLong());
        assertThat("sha256:" + sha256(Files.newInputStream(blob))).isEqualTo(digest);
        return blob;
    }

    private static String sha256(InputStream content) throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (var read = new DigestInputStream(content, digest)) {
            read.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
