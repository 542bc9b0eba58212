package io.trimtab.service.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything in the image may be handed on beside a program under Apache-2.0; of several licences that are offered, one is enough. */
class LicencesTest {
    private static final String PERMISSIVE = "asks for its notice only, which is in the archive";
    private static final String NOTICE_ASKED = "BSD-3-Clause";
    private static final String FILES_ONLY = "asks for the source of its own files only, which are shipped unchanged";

    /** By the name that the list of what is shipped gives it, and why it fits. */
    private static final Map<String, String> FITTING = Map.of(
            "Apache-2.0",
            "is ours",
            "MIT",
            PERMISSIVE,
            "MIT-0",
            PERMISSIVE,
            "0BSD",
            PERMISSIVE,
            NOTICE_ASKED,
            "asks for its notice, which its archives lack and ours has",
            "Bouncy Castle Licence",
            "is the text of MIT",
            "EPL-2.0",
            FILES_ONLY,
            "GPL-2.0-only WITH Classpath-exception-2.0",
            "lets a program run on the JDK keep its own licence");

    @Test
    void eachComponentIsOfferedUnderALicenceThatFits() throws IOException {
        List<String> unfit = new ArrayList<>();
        int checked = 0;
        for (JsonNode component : Written.json(Written.billOfMaterials()).path("components")) {
            if (isOfTheSystem(component)) continue;
            checked++;
            List<String> offered = offered(component);
            if (offered.stream().noneMatch(FITTING::containsKey))
                unfit.add("%s: %s".formatted(component.path("purl").asText(), offered));
        }
        assertThat(unfit).isEmpty();
        assertThat(checked).isGreaterThan(100);
    }

    @Test
    void ourNoticeNamesWhatAsksForIt() throws IOException {
        String notice = Files.readString(Path.of("../NOTICE"));
        for (JsonNode component : Written.json(Written.billOfMaterials()).path("components"))
            if (offered(component).contains(NOTICE_ASKED))
                assertThat(notice)
                        .contains("%s:%s"
                                .formatted(
                                        component.path("group").asText(),
                                        component.path("name").asText()));
    }

    /** Shared objects of the system are the user's to replace, and the texts of their licences are in the image. */
    private static boolean isOfTheSystem(JsonNode component) {
        return component.path("purl").asText().startsWith("pkg:deb/")
                || component.path("type").asText().equals("file");
    }

    private static List<String> offered(JsonNode component) {
        List<String> offered = new ArrayList<>();
        for (JsonNode licence : component.path("licenses"))
            for (String pointer : List.of("/license/id", "/license/name", "/expression"))
                if (licence.at(pointer).isTextual())
                    offered.add(licence.at(pointer).asText());
        return offered;
    }
}
