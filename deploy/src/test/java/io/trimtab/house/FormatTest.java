package io.trimtab.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every Java file is as {@code bin/format} leaves it; {@link #main} is that command. */
class FormatTest {
    @Test
    void everyFileIsFormatted() throws Exception {
        assertThat(unformatted(House.root(), false)).as("run bin/format").isEmpty();
    }

    /** Rewrites the files that are not formatted and names them. */
    public static void main(String[] args) throws Exception {
        unformatted(House.root(), true).forEach(file -> System.out.println("formatted " + file));
    }

    private static List<Path> unformatted(Path root, boolean rewrite) throws Exception {
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .formatJavadoc(false)
                .build());
        List<Path> found = new ArrayList<>();
        for (Path file : javaFiles(root)) {
            String source = Files.readString(file);
            String formatted = formatter.formatSourceAndFixImports(source);
            if (formatted.equals(source)) continue;
            found.add(root.relativize(file));
            if (rewrite) Files.writeString(file, formatted);
        }
        return found;
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().contains("target/"))
                    .sorted()
                    .toList();
        }
    }
}
