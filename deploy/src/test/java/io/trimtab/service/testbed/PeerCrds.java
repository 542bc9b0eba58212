package io.trimtab.service.testbed;

import io.trimtab.house.House;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CustomResourceDefinitions of other projects: read from their Go modules at the versions that {@code deploy/testbed/crds} names, never copied. */
public final class PeerCrds {
    private static final Pattern REQUIRED = Pattern.compile("(?m)^require (\\S+) ");

    private PeerCrds() {}

    /**
     * Fetches the module on first use; ends the running test where there is no Go.
     *
     * @param peer a folder of {@code deploy/testbed/crds}
     * @param path in that module
     */
    public static Path file(String peer, String path) throws IOException, InterruptedException {
        Path folder = House.root().resolve("deploy/testbed/crds").resolve(peer);
        Matcher module = REQUIRED.matcher(Files.readString(folder.resolve("go.mod")));
        if (!module.find()) throw new IllegalStateException(folder + "/go.mod requires nothing");
        go(folder, "mod", "download", module.group(1));
        return Path.of(go(folder, "list", "-m", "-f", "{{.Dir}}", module.group(1)))
                .resolve(path);
    }

    private static String go(Path folder, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("go").directory(folder.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("GOWORK", "off");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            Requirement.missing("'go' is not on PATH; install Go 1.26 or newer from https://go.dev/dl/");
            throw e;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0)
            throw new IllegalStateException("%s in %s failed".formatted(builder.command(), folder));
        return said.strip();
    }
}
