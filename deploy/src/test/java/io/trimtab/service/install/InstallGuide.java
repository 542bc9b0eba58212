package io.trimtab.service.install;

import io.trimtab.house.House;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/install.md says, as data. */
final class InstallGuide {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private InstallGuide() {}

    /** The fenced blocks of a language. */
    static List<String> block(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(text());
        List<String> blocks = new ArrayList<>();
        while (block.find()) blocks.add(block.group(1));
        return blocks;
    }

    /** The rows of the table whose first heading this is, without headings; each a list of cells. */
    static List<List<String>> table(String firstHeading) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : text().lines().toList()) {
            inside = line.startsWith("| " + firstHeading + " |") || inside && line.startsWith("|");
            if (!inside || line.startsWith("|---") || line.startsWith("| " + firstHeading + " |")) continue;
            rows.add(Arrays.stream(line.substring(1).split("\\|", -1))
                    .map(String::strip)
                    .toList());
        }
        return rows;
    }

    /** What stands in back quotes in a cell. */
    static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    private static String text() throws IOException {
        return Files.readString(House.root().resolve("docs/install.md"));
    }
}
