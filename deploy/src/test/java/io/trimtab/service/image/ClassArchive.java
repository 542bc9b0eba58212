package io.trimtab.service.image;

import io.trimtab.service.bench.LargeCluster;
import io.trimtab.service.bench.ListingServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes that a start of the service loads, parsed and verified once for all starts: an archive of class data (CDS), which the JVM maps into memory in place of
 * reading them from the program's jars. Where JVM, jars or options are not those that it was made with, the JVM goes on without it.
 */
public final class ClassArchive {
    private static final Pattern ADDRESS = Pattern.compile("pages and REST at (http://\\S+)");
    private static final List<String> PATHS = List.of(
            "/",
            "/recommendations",
            "/nodes",
            "/costs",
            "/status",
            "/metrics",
            "/health/readiness",
            "/api/v1/recommendations?limit=1");
    private static final int PODS = 60;
    private static final int LONGEST_SECONDS = 120;

    private ClassArchive() {}

    /** What tells the JVM to use it. */
    public static String option(String archive) {
        return "-XX:SharedArchiveFile=" + archive;
    }

    /**
     * Runs the program to see what it loads, for the demo and beside a cluster, then makes the archive. The same classes give the same bytes.
     *
     * @param java that will run it
     * @param options that it will run with
     * @param jar of the program; each jar may be moved later, as long as all stay where they are to one another and keep their times
     * @param folder for what it leaves while it works
     */
    public static void write(Path java, List<String> options, Path jar, Path folder, Path archive)
            throws IOException, InterruptedException {
        Path demo = folder.resolve("demo.classes");
        Path real = folder.resolve("real.classes");
        run(
                command(
                        java,
                        options,
                        "-XX:DumpLoadedClassList=" + demo,
                        jar,
                        "serve",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "0"),
                folder);
        try (ListingServer api = new ListingServer(new LargeCluster(PODS))) {
            String[] beside = {
                "--kubeconfig",
                api.kubeconfig(folder).toString(),
                "--prometheus",
                "http://127.0.0.1:9",
                "--state-dir",
                folder.resolve("state").toString()
            };
            List<String> command = command(
                    java,
                    options,
                    "-XX:DumpLoadedClassList=" + real,
                    jar,
                    "serve",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    "0");
            command.addAll(List.of(beside));
            run(command, folder);
        }
        Path classes = Files.write(folder.resolve("all.classes"), classes(List.of(demo, real), jar));
        Path said = folder.resolve("dump.log");
        List<String> dump = command(java, options, "-XX:SharedClassListFile=" + classes, jar);
        dump.addAll(1, List.of("-Xshare:dump", option(archive.toString())));
        int ended = new ProcessBuilder(dump)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        if (ended != 0 || !Files.exists(archive))
            throw new IOException("the JVM made no archive of classes; it said: " + Files.readString(said));
    }

    private static List<String> command(Path java, List<String> options, String more, Path jar, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.addAll(List.of(more, "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts the service, asks for its pages, and ends it as whoever stops a container does: then the JVM writes what it loaded. */
    private static void run(List<String> command, Path folder) throws IOException, InterruptedException {
        Path said = folder.resolve("said.log");
        Process service = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String address = address(service, said);
            for (String path : PATHS)
                client.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.discarding());
            service.destroy();
            if (!service.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                throw new IOException("the service does not end; it said: " + Files.readString(said));
        } finally {
            service.destroyForcibly();
        }
    }

    private static String address(Process service, Path said) throws IOException, InterruptedException {
        for (int i = 0; i < 10 * LONGEST_SECONDS && service.isAlive(); i++) {
            Thread.sleep(100);
            Matcher address = ADDRESS.matcher(Files.readString(said));
            if (address.find()) return address.group(1);
        }
        throw new IOException("the service does not start; it said: " + Files.readString(said));
    }

    /** What was loaded, and all of this project: what restores a state is not loaded by a first start. In the order of their names, not in that of threads. */
    private static TreeSet<String> classes(List<Path> loaded, Path jar) throws IOException {
        TreeSet<String> classes = new TreeSet<>();
        for (Path list : loaded)
            try (Stream<String> lines = Files.lines(list)) {
                lines.filter(line -> !line.startsWith("#"))
                        .map(line -> line.startsWith("@") ? line : line.split(" ", 2)[0])
                        .forEach(classes::add);
            }
        List<Path> ours = new ArrayList<>(Program.of(jar).ours());
        ours.add(jar);
        for (Path library : ours)
            try (JarFile archive = new JarFile(library.toFile())) {
                archive.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.endsWith(".class") && !name.contains("-"))
                        .forEach(name -> classes.add(name.substring(0, name.length() - ".class".length())));
            }
        return classes;
    }
}
