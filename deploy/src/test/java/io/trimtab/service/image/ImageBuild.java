package io.trimtab.service.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.trimtab.service.testbed.PrometheusServer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Writes the image's two archives of what {@code bin/image} laid out; that command is the one to call. */
final class ImageBuild {
    private static final AbsoluteUnixPath JDK = AbsoluteUnixPath.get("/opt/java");
    private static final AbsoluteUnixPath APP = AbsoluteUnixPath.get("/app");
    private static final AbsoluteUnixPath TEMPORARY = AbsoluteUnixPath.get("/tmp");
    private static final String JAR = "trimtab.jar";
    private static final AbsoluteUnixPath PROGRAM = APP.resolve(JAR);
    private static final AbsoluteUnixPath CLASSES = APP.resolve("trimtab.jsa");

    private ImageBuild() {}

    /** @param arguments the folder {@code deploy}, the home of the JDK, the image's name (empty: trimtab:VERSION), the commit (empty: none) */
    public static void main(String[] arguments) throws InterruptedException {
        String name = arguments[2];
        try {
            System.out.println(write(Path.of(arguments[0]), Path.of(arguments[1], "release"), name, arguments[3]));
        } catch (InvalidImageReferenceException e) {
            System.err.println(
                    "image: --name '%s' is not NAME or NAME:TAG in lower case, such as example.org/team/trimtab:1.0"
                            .formatted(name));
            System.exit(2);
        } catch (IOException | CacheDirectoryCreationException | ExecutionException | RegistryException e) {
            System.err.println("image: cannot write the image: " + e.getMessage());
            System.exit(1);
        }
    }

    /** @return the image's name and digest */
    private static String write(Path deploy, Path release, String wantedName, String revision)
            throws IOException, InterruptedException, InvalidImageReferenceException, CacheDirectoryCreationException,
                    ExecutionException, RegistryException {
        Path image = deploy.resolve("target/image");
        Program program = Program.in(deploy.resolve("target"));
        String name = wantedName.isEmpty() ? "trimtab:" + program.version() : wantedName;
        Path files = image.resolve("trimtab-" + program.version());
        Path bill = Path.of(files + ".cdx.json");
        SlimDriver driver = SlimDriver.of(
                program.others().stream().filter(SlimDriver::is).findFirst().orElseThrow(), image.resolve("native"));
        List<Path> libraries = libraries(program, driver);
        List<String> options = options(deploy);
        Path classes = image.resolve("trimtab.jsa");
        archiveClasses(program, libraries, image, options, classes);
        BillOfMaterials.write(image.resolve("dependencies.json"), release, image.resolve("system"), driver, bill);
        // From what seldom changes to what always does: a machine keeps the layers below the first that changed.
        JibContainerBuilder container = container(options, program)
                .setFileEntriesLayers(List.of(
                        folder("system", image.resolve("system"), AbsoluteUnixPath.get("/")),
                        folder("jdk", image.resolve("jdk"), JDK),
                        layer("dependencies", libraries),
                        trimtab(program, deploy.resolveSibling("LICENSE"), deploy.resolveSibling("NOTICE"), bill),
                        FileEntriesLayer.builder()
                                .setName("classes")
                                .addEntry(classes, CLASSES)
                                .build()));
        if (!revision.isEmpty()) container.addLabel("org.opencontainers.image.revision", revision);
        archive(container.setFormat(ImageFormat.Docker), name, Path.of(files + "-docker.tar"), image);
        JibContainer written = archive(container.setFormat(ImageFormat.OCI), name, Path.of(files + "-oci.tar"), image);
        return name + "@" + written.getDigest();
    }

    private static List<String> options(Path deploy) throws IOException {
        return Files.readAllLines(deploy.resolve("jvm.options")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /** Of the program laid out as in the image: the JVM compares names and times of its jars with those that it starts with. */
    private static void archiveClasses(
            Program program, List<Path> libraries, Path image, List<String> options, Path archive)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(image, "classes-");
        Path jar = copy(program.jar(), work.resolve("app").resolve(JAR));
        for (Path library :
                Stream.concat(program.ours().stream(), libraries.stream()).toList())
            copy(library, jar.resolveSibling("lib").resolve(library.getFileName()));
        ClassArchive.write(image.resolve("jdk/bin/java"), options, jar, work, archive);
        PrometheusServer.delete(work);
    }

    private static Path copy(Path file, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        return Files.setLastModifiedTime(
                Files.copy(file, to), FileTime.from(FileEntriesLayer.DEFAULT_MODIFICATION_TIME));
    }

    private static JibContainerBuilder container(List<String> options, Program program) {
        List<String> entryPoint = new ArrayList<>();
        entryPoint.add(JDK.resolve("bin/java").toString());
        entryPoint.addAll(options);
        entryPoint.addAll(List.of(ClassArchive.option(CLASSES.toString()), "-jar", PROGRAM.toString()));
        return Jib.fromScratch()
                .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                .setCreationTime(program.made())
                .setEntrypoint(entryPoint)
                .setProgramArguments("serve")
                .setUser("65532:65532")
                .addVolume(TEMPORARY)
                .addExposedPort(Port.tcp(8080))
                .addLabel("org.opencontainers.image.title", "Trimtab")
                .addLabel(
                        "org.opencontainers.image.description",
                        "Autoscaling and cost optimisation for Kubernetes, decided jointly")
                .addLabel("org.opencontainers.image.version", program.version())
                .addLabel("org.opencontainers.image.licenses", "Apache-2.0");
    }

    private static String architecture() {
        String machine = System.getProperty("os.arch");
        return machine.equals("aarch64") ? "arm64" : machine;
    }

    /** Those of others, as they are shipped. */
    private static List<Path> libraries(Program program, SlimDriver driver) {
        return Stream.concat(
                        program.others().stream().map(library -> SlimDriver.is(library) ? driver.archive() : library),
                        driver.library().stream())
                .toList();
    }

    private static FileEntriesLayer layer(String name, List<Path> libraries) {
        var layer = FileEntriesLayer.builder().setName(name);
        for (Path library : libraries) layer.addEntry(library, inLibraries(library));
        return layer.build();
    }

    private static FileEntriesLayer trimtab(Program program, Path license, Path notice, Path bill) {
        var layer = FileEntriesLayer.builder().setName("trimtab");
        for (Path library : program.ours()) layer.addEntry(library, inLibraries(library));
        return layer.addEntry(program.jar(), PROGRAM)
                .addEntry(license, APP.resolve("LICENSE"))
                .addEntry(notice, APP.resolve("NOTICE"))
                .addEntry(bill, APP.resolve("sbom.cdx.json"))
                .build();
    }

    private static AbsoluteUnixPath inLibraries(Path library) {
        return APP.resolve("lib").resolve(library.getFileName());
    }

    /** Everything in a folder: owned by root, readable by all, writable by nobody else but for the temporary files. */
    private static FileEntriesLayer folder(String name, Path folder, AbsoluteUnixPath target) throws IOException {
        var layer = FileEntriesLayer.builder().setName(name);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children)
                layer.addEntryRecursive(child, target.resolve(child.getFileName()), ImageBuild::permissions);
        }
        return layer.build();
    }

    private static FilePermissions permissions(Path file, AbsoluteUnixPath place) {
        if (place.equals(TEMPORARY)) return FilePermissions.fromOctalString("777");
        return FilePermissions.fromOctalString(Files.isExecutable(file) ? "755" : "644");
    }

    private static JibContainer archive(JibContainerBuilder container, String name, Path file, Path image)
            throws IOException, InterruptedException, InvalidImageReferenceException, CacheDirectoryCreationException,
                    ExecutionException, RegistryException {
        return container.containerize(Containerizer.to(TarImage.at(file).named(name))
                .setBaseImageLayersCache(image.resolve("cache"))
                .setApplicationLayersCache(image.resolve("cache"))
                .setOfflineMode(true));
    }
}
