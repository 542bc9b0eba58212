package io.trimtab.service.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is in the image, in CycloneDX's JSON: Maven's list of dependencies, then the JDK and the files of the system. */
final class BillOfMaterials {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FIELD = Pattern.compile("(?m)^(Package|Version|Architecture): (.*)$");

    private BillOfMaterials() {}

    /**
     * @param dependencies the list that Maven made
     * @param release the file {@code release} of the JDK that the image's is linked from
     * @param system the root of the image's system files
     * @param driver as it is shipped, which is not as Maven lists it
     */
    static void write(Path dependencies, Path release, Path system, SlimDriver driver, Path target) throws IOException {
        ObjectNode bill = (ObjectNode) JSON.readTree(dependencies.toFile());
        ArrayNode components = bill.withArray("components");
        shipped(components, driver);
        components.add(jdk(release));
        List<Path> packages = files(system.resolve("var/lib/dpkg/status.d"));
        if (packages.isEmpty()) {
            for (Path file : files(system))
                if (file.toString().contains(".so"))
                    components.add(component("file", "/" + system.relativize(file), ""));
        } else {
            String distribution = properties(system.resolve("etc/os-release")).getProperty("ID");
            for (Path status : packages) components.add(packaged(Files.readString(status), distribution));
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(target.toFile(), bill);
    }

    private static void shipped(ArrayNode components, SlimDriver driver) throws IOException {
        for (JsonNode component : components) {
            if (!component.path("name").asText().equals(SlimDriver.NAME)) continue;
            hash((ObjectNode) component, driver.archive());
            if (driver.library().isEmpty()) return;
            Path library = driver.library().get();
            ObjectNode beside = component(
                    "library",
                    library.getFileName().toString(),
                    component.path("version").asText());
            beside.set("licenses", component.path("licenses"));
            hash(beside, library);
            components.add(beside.put("purl", component.path("purl").asText() + "#" + library.getFileName()));
            return;
        }
    }

    private static void hash(ObjectNode component, Path file) throws IOException {
        ArrayNode hashes = component.putArray("hashes");
        hashes.addObject().put("alg", "SHA-256").put("content", sha256(file));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static ObjectNode jdk(Path release) throws IOException {
        Properties stated = properties(release);
        String version = stated.getProperty("JAVA_RUNTIME_VERSION");
        ObjectNode jdk = component("platform", "OpenJDK", version);
        jdk.put("publisher", stated.getProperty("IMPLEMENTOR"));
        jdk.withArray("licenses").addObject().put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
        return jdk.put("purl", "pkg:generic/openjdk@" + version.replace("+", "%2B"));
    }

    private static ObjectNode packaged(String status, String distribution) {
        Map<String, String> fields = FIELD.matcher(status)
                .results()
                .collect(Collectors.toMap(field -> field.group(1), field -> field.group(2)));
        String name = fields.get("Package");
        String version = fields.get("Version");
        return component("library", name, version)
                .put(
                        "purl",
                        "pkg:deb/%s/%s@%s?arch=%s"
                                .formatted(
                                        distribution, name, version.replace("+", "%2B"), fields.get("Architecture")));
    }

    private static ObjectNode component(String type, String name, String version) {
        ObjectNode component = JSON.createObjectNode().put("type", type).put("bom-ref", name + "@" + version);
        component.put("name", name);
        return version.isEmpty() ? component : component.put("version", version);
    }

    /** The values of a shell-like file of assignments, without their quotes. */
    private static Properties properties(Path file) throws IOException {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(reader);
        }
        read.replaceAll((key, value) -> value.toString().replaceAll("^\"|\"$", ""));
        return read;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
