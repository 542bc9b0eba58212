package io.trimtab.ingest.remotewrite;

import java.util.Locale;
import java.util.Optional;

/** Which message a content type names. @see "Prometheus Remote-Write 2.0 specification, Content-Type" */
enum ProtocolVersion {
    ONE("prometheus.WriteRequest"),
    TWO("io.prometheus.write.v2.Request");

    private static final String MEDIA_TYPE = "application/x-protobuf";

    private final String messageName;

    ProtocolVersion(String messageName) {
        this.messageName = messageName;
    }

    /** Without a parameter {@code proto} it is the first version, which had none. */
    static Optional<ProtocolVersion> named(String contentType) {
        String[] parts = contentType.split(";");
        if (!parts[0].strip().equalsIgnoreCase(MEDIA_TYPE)) return Optional.empty();
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].strip().split("=", 2);
            if (!parameter[0].toLowerCase(Locale.ROOT).equals("proto") || parameter.length < 2) continue;
            String wanted = parameter[1].replace("\"", "").strip();
            for (ProtocolVersion version : values())
                if (version.messageName.equals(wanted)) return Optional.of(version);
            return Optional.empty();
        }
        return Optional.of(ONE);
    }
}
